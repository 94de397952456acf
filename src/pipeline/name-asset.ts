import { basename, extname } from 'node:path';
import type { Warning } from '../errors.js';

/** What an asset may not be called with; the engine's own list, and blanks. */
const NOT_IN_NAMES = /[\s"',.:|&!~@#(){}[\]=;^%$`*?<>\\/+]/g;

/** The name of the asset that a file becomes, with a warning where it had to be changed. */
export function nameAsset(file: string): { readonly asset: string; readonly told: readonly Warning[] } {
  const stem = basename(file, extname(file));
  const asset = stem.replace(NOT_IN_NAMES, '_');
  if (asset === stem) return { asset, told: [] };
  const message = `"${stem}" holds characters that an asset's name may not have; the asset is called "${asset}".`;
  return { asset, told: [{ code: 'push/renamed', message }] };
}
