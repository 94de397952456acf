/** What objectives are compared with each other: words of `train` beside the common ones. */
const on = (encoder, ...words) => ({ name: [encoder, ...words].join(' '), encoder, words });

export const OBJECTIVES = [
  on('mlp'),
  on('mlp', '--jump-weight', '0.25'),
  on('mlp', '--jump-weight', '1'),
  on('mlp', '--jump-weight', '2'),
  on('mlp', '--whiten'),
  on('mlp', '--pair-epochs', '3'),
  on('mlp', '--pretrain', 'autoencoder'),
  on('mlp', '--pretrain', 'denoising'),
  on('mlp', '--pretrain', 'vae'),
  on('lenet'),
  on('lenet', '--pretrain', 'autoencoder', '--decoder', 'resize'),
  on('lenet', '--pretrain', 'autoencoder', '--decoder', 'transposed'),
];
