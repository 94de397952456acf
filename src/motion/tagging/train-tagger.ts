import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import type { Encoder } from '../encoder/encoder.js';
import type { Engine } from '../encoder/engine/engine.js';
import { type FamilyName, planOf } from '../encoder/families/families.js';
import { type InputPlan, inputBlocks, writeInput } from '../encoder/inputs.js';
import { parametersOf } from '../encoder/layers.js';
import { initialParameters } from '../encoder/parameters.js';
import { fitScaling, type Rows, sizeOfBlocks } from '../encoder/rows.js';
import { requireAlike } from '../encoder/samples.js';
import { stateOf, type TrainingState } from '../encoder/training-state.js';
import { mirrorTrack } from '../features/mirror-track.js';
import type { MotionTrack } from '../features/motion-track.js';
import { type FitHooks, type FitSettings, fitWindows, type TaggerEpoch } from './fit-windows.js';
import type { LabelledGroup } from './frame-labels.js';
import { segmenter } from './segmenter.js';
import { bodyOf, type StandardBody, standardTrack } from './standard-track.js';
import { classesOf, mirroredLabels, type TagGroup, UNKNOWN } from './tag-groups.js';
import type { Tagger } from './tagger.js';
import { bodyOfEncoder, freshBody } from './tagger-body.js';
import { type LabelledTrack, WINDOW } from './windows.js';

export interface TaggerSettings extends FitSettings {
  /** Network that looks at each frame, where no encoder is given to start from. */
  readonly family: FamilyName;
  /** Share of the clips that is held out to see when to stop; none of fewer than ten. */
  readonly heldOutShare: number;
}

export interface TrainedTagger {
  readonly tagger: Tagger;
  readonly curve: readonly TaggerEpoch[];
  /** Indices of the clips that were held out. */
  readonly heldOut: readonly number[];
}

/**
 * Trains a tagger on labelled clips and their mirror images.
 *
 * @param from An encoder whose network, inputs and scaling the tagger starts with, so that few labels suffice.
 * @param resume A state that `onEpoch` was given, of the same clips, settings and engine; it is changed in place.
 * @throws GaitwayError `tagger/too-few-clips`, `tagger/nothing-to-tell` where all frames have one label, `tagger/other-skeleton`
 *   where clips and encoder have other body parts, and those of `requireAlike` and `fitWindows`.
 */
export async function trainTagger(
  engine: Engine,
  clips: readonly LabelledTrack[],
  groups: readonly LabelledGroup[],
  settings: TaggerSettings,
  {
    from,
    resume,
    ...hooks
  }: FitHooks & { readonly from?: Encoder; readonly resume?: TrainingState<TaggerEpoch> } = {},
): Promise<TrainedTagger> {
  refuseFew(clips);
  refuseOneLabel(clips, groups);
  const plan = planFor(
    clips.map(({ track }) => track),
    settings.family,
    from,
  );
  const standard = meanBody(clips.map(({ track }) => track));
  const seen = clips.map(({ track, labels }) => ({ track: standardTrack(track, standard), labels }));
  const heldOut = drawHeldOut(clips.length, settings);
  const learned = seen.filter((_, c) => !heldOut.includes(c));
  const scaling =
    from?.scaling ??
    fitScaling(
      rowsOf(
        learned.map(({ track }) => track),
        plan,
      ),
      inputBlocks(plan),
    );
  const body = from ? bodyOfEncoder(from) : freshBody(settings.family, plan, settings.seed);
  const overTime = segmenter(body.architecture.outputs, classesOf(groups), WINDOW);
  const state =
    resume ?? stateOf<TaggerEpoch>([...body.parameters, ...initialParameters(overTime, settings.seed + 1)]);
  await fitWindows(
    engine,
    {
      architecture: { body: body.architecture, overTime },
      groups,
      plan,
      scaling,
      learned: [...learned, ...learned.map((clip) => mirrored(groups, clip))],
      heldOut: seen.filter((_, c) => heldOut.includes(c)),
    },
    state,
    settings,
    hooks,
  );
  const { best, curve } = state;
  const bodyCount = parametersOf(body.architecture).length;
  const tagger: Tagger = {
    groups,
    plan,
    standard,
    scaling,
    body: { architecture: body.architecture, arrays: best.slice(0, bodyCount) },
    overTime: best.slice(bodyCount),
  };
  return { tagger, curve, heldOut };
}

const mirrored = (groups: readonly TagGroup[], { track, labels }: LabelledTrack): LabelledTrack => ({
  track: mirrorTrack(track),
  labels: mirroredLabels(groups, labels),
});

function refuseFew(clips: readonly LabelledTrack[]): void {
  if (clips.length >= 2) return;
  throw new GaitwayError(
    'tagger/too-few-clips',
    `Only ${clips.length} clip has labels; a tagger wants two at least, and a handful of each kind to be of use. Label more clips.`,
    { clips: clips.length },
  );
}

function refuseOneLabel(clips: readonly LabelledTrack[], groups: readonly LabelledGroup[]): void {
  const same = groups.filter((_, g) => {
    const found = new Set(clips.flatMap(({ labels }) => [...new Set(labels[g])]));
    found.delete(UNKNOWN);
    return found.size < 2;
  });
  if (groups.length > 0 && same.length === 0) return;
  const names = same.map(({ name, tags }) => `"${name}" (${tags.join(', ')})`).join(', ');
  throw new GaitwayError(
    'tagger/nothing-to-tell',
    groups.length === 0
      ? 'No clip has a label; label clips in a manifest, by folders (--tag-folders) or with events that last.'
      : `In every labelled frame ${names} has the same label, so there is nothing to tell apart; add clips of another kind.`,
    { groups: same.map(({ name }) => name) },
  );
}

/** @throws GaitwayError `tagger/other-skeleton` where the encoder knows other body parts or another rate than the clips. */
function planFor(tracks: readonly MotionTrack[], family: FamilyName, from: Encoder | undefined): InputPlan {
  const { roles, rateHz } = requireAlike(tracks);
  if (!from) return planOf(family, roles, rateHz);
  const { plan } = from;
  if (plan.roles.join() === roles.join() && Math.abs(plan.rateHz / rateHz - 1) < 1e-6) return plan;
  throw new GaitwayError(
    'tagger/other-skeleton',
    `The clips have the body parts ${roles.join(', ')} at ${rateHz} Hz; the encoder to start from was trained on ${plan.roles.join(', ')} at ${plan.rateHz} Hz. Train an encoder on such clips, or leave --from out.`,
    { found: [...roles], wanted: [...plan.roles] },
  );
}

/** Fewer clips than this are all learned from. */
const ENOUGH_TO_HOLD_OUT = 10;

function drawHeldOut(count: number, { seed, heldOutShare }: TaggerSettings): number[] {
  if (count < ENOUGH_TO_HOLD_OUT) return [];
  const random = seededRandom(seed);
  const drawn = Array.from({ length: count }, (_, c) => ({ c, draw: random.uniform() }));
  drawn.sort((a, b) => a.draw - b.draw);
  return drawn.slice(0, Math.round(heldOutShare * count)).map(({ c }) => c);
}

function meanBody(tracks: readonly MotionTrack[]): StandardBody {
  const bodies = tracks.map(bodyOf);
  const mean = (of: (body: StandardBody) => number): number =>
    bodies.reduce((sum, body) => sum + of(body), 0) / bodies.length;
  return { leg: mean(({ leg }) => leg), floor: mean(({ floor }) => floor) };
}

/** The inputs of every frame. */
function rowsOf(tracks: readonly MotionTrack[], plan: InputPlan): Rows {
  const places = tracks.flatMap((track) =>
    Array.from({ length: track.frameCount }, (_, frame) => ({ track, frame })),
  );
  return {
    count: places.length,
    size: sizeOfBlocks(inputBlocks(plan)),
    read: (index, out) => writeInput(places[index].track, places[index].frame, plan, out),
  };
}
