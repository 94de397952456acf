/** The bench of `motion/features/` and of building databases: frames a second on one core. */
import { worldPoseOfFrame } from '../../../dist/clip/index.js';
import {
  BUILT_IN_SCHEMAS,
  encodeDatabase,
  extractFeatures,
  fitNormalisation,
  footContacts,
  gaitTags,
  layoutOf,
  makeFeatureBuilder,
  makeMotionTrack,
  mirrorTrack,
  normaliseRows,
  trackOfClip,
} from '../../../dist/motion/index.js';
import { characterise } from '../../../dist/retarget/index.js';
import { sampleClip } from '../formats/inputs.mjs';
import { interleave } from '../interleave.mjs';

/** Clips of two lengths: a short one spends more of its time beyond its ends. */
const LENGTHS = [150, 1500];
const FRAMES = 60_000;

/** Rows as in the bench of `formats/`. */
export async function bench({ rounds }) {
  const clip = await sampleClip('tall_walk_neutral');
  const { roles } = characterise(clip.skeleton, { pose: worldPoseOfFrame(clip, 0) });
  const names = Object.fromEntries(
    Object.entries(roles).map(([role, joint]) => [role, clip.skeleton.joints[joint].name]),
  );
  const cycle = trackOfClip(clip, names);
  const rows = [];
  for (const length of LENGTHS) rows.push(...(await measure(rounds, repeated(cycle, length), names)));
  return rows;
}

/** The track over and over until it has so many frames; it stays where it is, which costs the same as walking on. */
function repeated({ roles, positions, rateHz }, frames) {
  const stride = 3 * roles.length;
  const long = Float64Array.from({ length: stride * frames }, (_, k) => positions[k % positions.length]);
  return makeMotionTrack('walk', roles, long, rateHz);
}

async function measure(rounds, track, names) {
  const clips = Math.round(FRAMES / track.frameCount);
  const frames = clips * track.frameCount;
  const [holden, ue54] = ['holden', 'ue54'].map((name) => layoutOf(BUILT_IN_SCHEMAS[name]()));
  const each = (work) => () => {
    let last;
    for (let k = 0; k < clips; k++) last = work(track);
    return last;
  };
  const joints = track.roles.map((name) => ({ name, parent: -1, offset: [0, 0, 0] }));
  const build = () => {
    const builder = makeFeatureBuilder(BUILT_IN_SCHEMAS.ue54(), { ends: 'unreal', loops: 'auto' });
    for (let k = 0; k < clips; k++) builder.add({ track, source: '', joints, roles: names, hash: 'known' });
    return builder.finish().database;
  };
  const raw = Array.from({ length: clips }, () => extractFeatures(track, ue54, { ends: 'unreal' }));
  const database = build();
  const times = await interleave(rounds, {
    holden: each((own) => extractFeatures(own, holden, { ends: 'unreal' })),
    ue54: each((own) => extractFeatures(own, ue54, { ends: 'unreal' })),
    smoothed: each(({ name, roles, positions, rateHz }) => makeMotionTrack(name, roles, positions, rateHz)),
    contacts: each(footContacts),
    tags: each(gaitTags),
    mirrored: each(mirrorTrack),
    fitted: () => fitNormalisation(ue54, raw),
    normalised: () =>
      raw.map(({ rows }) => normaliseRows({ mean: database.mean, factor: database.factor }, rows)),
    built: build,
    encoded: () => encodeDatabase(database),
  });
  const row = (what, ms, bar) => ({
    what,
    input: `${track.roles.length} joints, clips of ${track.frameCount}`,
    unit: 'Mframes/s',
    ours: frames / ms / 1000,
    ...(bar && { bar: { atLeast: bar } }),
  });
  return [
    row('features, holden (27)', times.holden, 1),
    row('features, ue54 (28)', times.ue54, 1),
    row('root, smoothed', times.smoothed),
    row('contacts', times.contacts),
    row('gait tags', times.tags),
    row('mirror image', times.mirrored),
    row('normalisation, fitted', times.fitted),
    row('normalisation, done', times.normalised),
    row('database of tracks', times.built),
    row('file of a database', times.encoded),
  ];
}
