/** What a file is, told from its first bytes. */
export type FileKind = 'bvh' | 'fbx' | 'glb' | 'gltf' | 'gwclip' | 'unknown';

const HEAD = 4096;

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  bytes.length >= text.length && [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** The first bytes as text, whatever their encoding, without a byte order mark and leading blanks. */
function headText(bytes: Uint8Array): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  const encoding = little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes.subarray(0, HEAD)).trimStart();
}

/** Tells the format of a file by its content; names and endings do not count. */
export function sniff(bytes: Uint8Array): FileKind {
  if (startsWith(bytes, 'glTF')) return 'glb';
  if (startsWith(bytes, 'GWCL')) return 'gwclip';
  if (startsWith(bytes, 'Kaydara FBX Binary')) return 'fbx';
  const text = headText(bytes);
  if (text.startsWith('{')) return 'gltf';
  const withoutComments = text.replace(/^(?:[#;][^\r\n]*[\r\n]+\s*)+/, '');
  if (/^hierarchy\b/i.test(withoutComments) || /^root\s/i.test(withoutComments)) return 'bvh';
  if (/^; *FBX\b/.test(text) || /\bFBXHeaderExtension\s*:/.test(text)) return 'fbx';
  return 'unknown';
}
