import type { Action } from './actions.js';
import type { Player } from './player.js';
import type { Stage, ViewSettings } from './scene/stage.js';

const BIG_STEP = 10;
const TURN = Math.PI / 24;
const MOVE = 0.05;
const NEARER = 0.9;

/** The parts of the page that actions act on. */
export interface Controlled {
  readonly player: Player;
  readonly stage: Stage;
  readonly view: ViewSettings;
  /** Chooses the clip that comes `by` places later in the list. */
  readonly chooseNext: (by: number) => void;
  readonly findClip: () => void;
  /** Brings the keyboard to the choice of skeleton. */
  readonly chooseTarget: () => void;
  readonly toggleHelp: () => void;
}

/** Everything that the page can do from the keyboard, in the order of its buttons. */
export function makeActions(controlled: Controlled): Action[] {
  const { player, stage, view, chooseNext, chooseTarget, findClip, toggleHelp } = controlled;
  const { orbit } = stage;
  const turnOrMove = (right: number, up: number, shift: boolean): void =>
    shift ? orbit.pan(right * MOVE, up * MOVE) : orbit.orbit(right * TURN, up * TURN);
  return [
    {
      name: 'First frame',
      keys: ['home'],
      section: 'Playback',
      button: { icon: () => 'first' },
      run: () => player.step(-player.frame),
    },
    {
      name: 'Back one frame, ten with Shift',
      keys: ['arrowleft'],
      section: 'Playback',
      button: { icon: () => 'back' },
      run: (shift) => player.step(shift ? -BIG_STEP : -1),
    },
    {
      name: 'Play or pause',
      keys: [' '],
      section: 'Playback',
      button: { icon: () => (player.playing ? 'pause' : 'play') },
      run: () => player.togglePlaying(),
      isOn: () => player.playing,
    },
    {
      name: 'On one frame, ten with Shift',
      keys: ['arrowright'],
      section: 'Playback',
      button: { icon: () => 'forward' },
      run: (shift) => player.step(shift ? BIG_STEP : 1),
    },
    {
      name: 'Last frame',
      keys: ['end'],
      section: 'Playback',
      button: { icon: () => 'last' },
      run: () => player.step(player.frameCount - 1 - player.frame),
    },
    { name: 'Slower', keys: ['[', ','], section: 'Playback', button: '−', run: () => player.changeSpeed(-1) },
    { name: 'Faster', keys: [']', '.'], section: 'Playback', button: '+', run: () => player.changeSpeed(1) },
    {
      name: 'Loop',
      keys: ['l'],
      section: 'Playback',
      button: 'Loop',
      run: () => {
        player.looping = !player.looping;
      },
      isOn: () => player.looping,
    },
    {
      name: 'Joint names',
      keys: ['n'],
      section: 'View',
      button: 'Names',
      run: () => {
        view.names = !view.names;
      },
      isOn: () => view.names,
    },
    {
      name: 'Target over source',
      keys: ['o'],
      section: 'View',
      button: 'Overlay',
      run: () => {
        stage.overlaid = !stage.overlaid;
      },
      isOn: () => stage.overlaid,
    },
    {
      name: 'Ground grid, 1 m',
      keys: ['g'],
      section: 'View',
      button: 'Grid',
      run: () => {
        view.ground = !view.ground;
      },
      isOn: () => view.ground,
    },
    {
      name: 'Path of the root',
      keys: ['p'],
      section: 'View',
      button: 'Path',
      run: () => {
        view.paths = !view.paths;
      },
      isOn: () => view.paths,
    },
    {
      name: 'Axes of the joints',
      keys: ['x'],
      section: 'View',
      button: 'Axes',
      run: () => {
        view.axes = !view.axes;
      },
      isOn: () => view.axes,
    },
    {
      name: 'Camera follows',
      keys: ['c'],
      section: 'Camera',
      button: 'Follow',
      run: () => {
        stage.following = !stage.following;
      },
      isOn: () => stage.following,
    },
    {
      name: 'Frame the figure',
      keys: ['f'],
      section: 'Camera',
      button: 'Frame',
      run: () => stage.frameFigures(),
    },
    { name: 'From the front', keys: ['1'], section: 'Camera', run: () => orbit.look('front') },
    { name: 'From its left side', keys: ['2'], section: 'Camera', run: () => orbit.look('side') },
    { name: 'From above', keys: ['3'], section: 'Camera', run: () => orbit.look('top') },
    { name: 'From a corner', keys: ['4'], section: 'Camera', run: () => orbit.look('corner') },
    {
      name: 'Turn left, move with Shift',
      keys: ['a'],
      section: 'Camera',
      run: (shift) => turnOrMove(-1, 0, shift),
    },
    {
      name: 'Turn right, move with Shift',
      keys: ['d'],
      section: 'Camera',
      run: (shift) => turnOrMove(1, 0, shift),
    },
    {
      name: 'Higher, move with Shift',
      keys: ['w'],
      section: 'Camera',
      run: (shift) => turnOrMove(0, 1, shift),
    },
    {
      name: 'Lower, move with Shift',
      keys: ['s'],
      section: 'Camera',
      run: (shift) => turnOrMove(0, -1, shift),
    },
    { name: 'Nearer', keys: ['+', '='], section: 'Camera', run: () => orbit.zoom(NEARER) },
    { name: 'Farther', keys: ['-'], section: 'Camera', run: () => orbit.zoom(1 / NEARER) },
    { name: 'Previous clip', keys: ['arrowup'], section: 'Page', run: () => chooseNext(-1) },
    { name: 'Next clip', keys: ['arrowdown'], section: 'Page', run: () => chooseNext(1) },
    { name: 'Choose a skeleton to retarget to', keys: ['t'], section: 'Page', run: chooseTarget },
    { name: 'Find a clip', keys: ['/'], section: 'Page', run: findClip },
    { name: 'These keys', keys: ['?'], section: 'Page', button: '?', run: toggleHelp },
  ];
}
