export type Keep = 'all' | 'ground' | 'height';

/**
 * What the numbers of a block are read from. Times are seconds from the frame at hand.
 *
 * `joint` and `origin` are keys of a motion track (see `jointKey`); without one the root is meant. Everything is
 * seen from where the root faces at `originTime`.
 */
export type BlockSource =
  | {
      readonly quantity: 'position';
      readonly joint: string | undefined;
      readonly origin: string | undefined;
      readonly time: number;
      readonly originTime: number;
      readonly keep: Keep;
    }
  | {
      readonly quantity: 'velocity';
      readonly joint: string | undefined;
      readonly origin: string | undefined;
      readonly time: number;
      readonly originTime: number;
      readonly keep: Keep;
      readonly space: 'world' | 'character';
      /** The direction alone. */
      readonly normalise: boolean;
    }
  | {
      readonly quantity: 'heading';
      readonly joint: string | undefined;
      readonly axis: 'x' | 'y' | 'z';
      readonly time: number;
      readonly originTime: number;
      readonly keep: Keep;
    }
  | { readonly quantity: 'phase'; readonly joint: string };

/** Neighbouring numbers of a row that are one quantity at one time. */
export interface FeatureBlock {
  readonly name: string;
  /** Index into the schema's channels. */
  readonly channel: number;
  /** Seconds from the frame at hand at which it is sampled; nothing where it spans the clip, as a phase does. */
  readonly time: number | undefined;
  readonly offset: number;
  readonly size: number;
  readonly source: BlockSource;
  /** Blocks of one group share one scale. */
  readonly group: string;
  /** Whether a query takes it from the frame that plays or from the character as it stands. */
  readonly query: 'continuing' | 'character';
}
