/** Layers point one way (DESIGN of the layers: docs/adr/0004-layers-point-one-way.md); tests/arch/layers.test.ts plants a breach of each rule. */
const LAYERS = {
  math: [],
  kernels: ['math'],
  clip: ['math', 'kernels'],
  formats: ['math', 'kernels', 'clip'],
  retarget: ['math', 'kernels', 'clip'],
  motion: ['math', 'kernels', 'clip'],
  bridge: ['math', 'clip'],
  jobs: [],
  pipeline: ['math', 'kernels', 'clip', 'formats', 'retarget', 'motion', 'bridge', 'jobs'],
  preview: ['math', 'kernels', 'clip', 'formats', 'retarget', 'motion', 'pipeline'],
  cli: ['clip', 'formats', 'retarget', 'motion', 'bridge', 'jobs', 'pipeline', 'preview'],
};
const PURE = ['math', 'kernels', 'clip', 'formats', 'retarget', 'motion'];

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `${layer}/ may import ${['errors.ts', 'itself', ...allowed].join(', ')} and nothing else of src/.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/errors\\.ts$`, ...[layer, ...allowed].map((name) => `^src/${name}/`)],
  },
}));

const doorRules = Object.keys(LAYERS)
  .filter((layer) => layer !== 'math' && layer !== 'kernels')
  .map((layer) => ({
    name: `door-${layer}`,
    comment: `${layer}/ is reached from other layers through its index.ts only.`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${layer}/` },
    to: {
      path: `^src/${layer}/`,
      pathNot: [`^src/${layer}/index\\.ts$`, '^src/bridge/protocol/index\\.ts$'],
    },
  }));

/** The rooms of retarget/ point one way too, each to those before it. */
const ROOMS = ['body', 'contacts', 'calibrate', 'transfer', 'solve'];

const roomRules = ROOMS.map((room, i) => ({
  name: `retarget-${room}`,
  comment: `retarget/${room}/ may import ${ROOMS.slice(0, i + 1).join(', ')} and nothing else of retarget/.`,
  severity: 'error',
  from: { path: `^src/retarget/${room}/` },
  to: { path: '^src/retarget/', pathNot: ROOMS.slice(0, i + 1).map((name) => `^src/retarget/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...doorRules,
    ...roomRules,
    {
      name: 'pure-layers',
      comment: 'Bytes in, bytes out: the pure layers use nothing of Node, so that the browser runs them too.',
      severity: 'error',
      // Engines are native libraries: the one file that loads them has to look them up on disk.
      from: { path: `^src/(${PURE.join('|')})/`, pathNot: '^src/motion/encoder/engine/modules\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'encoder-and-database-apart',
      comment: 'The encoder and the database meet only in the pipeline.',
      severity: 'error',
      from: { path: '^src/motion/(encoder)/' },
      to: { path: '^src/motion/(database|search)/' },
    },
    {
      name: 'database-and-encoder-apart',
      comment: 'The encoder and the database meet only in the pipeline.',
      severity: 'error',
      from: { path: '^src/motion/(database|search)/' },
      to: { path: '^src/motion/encoder/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'three-only-in-the-preview-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/preview/app/' },
      to: { path: '(^|/)node_modules/three/' },
    },
    {
      name: 'tensorflow-behind-one-file',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/motion/encoder/engine/modules\\.ts$' },
      // tfjs-node is often not installed: an import that cannot be resolved keeps its bare name.
      to: { path: '(^|/)@tensorflow/(tfjs-node|tfjs-backend-wasm)(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
