/** What objectives are compared with each other: words of `train` beside the common ones. */
const on = (encoder, ...words) => ({ name: [encoder, ...words].join(' '), encoder, words });

export const OBJECTIVES = [
  on('mlp'),
  on('mlp', '--pretrain', 'none'),
  on('mlp', '--jump-weight', '0.25'),
  on('mlp', '--jump-weight', '1'),
  on('mlp', '--jump-weight', '2'),
  on('mlp', '--whiten'),
  on('mlp', '--pair-epochs', '3'),
  on('mlp', '--pretrain', 'denoising'),
  on('mlp', '--pretrain', 'vae'),
  on('lenet'),
  on('lenet', '--pretrain', 'none'),
  on('lenet', '--decoder', 'transposed'),
];
