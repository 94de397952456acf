/** Where a value of a JSON text stands; `end` is after its last letter. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export interface JsonMember extends Span {
  readonly key: string;
  /** Of the key, quotes included; the member itself begins there and ends with its value. */
  readonly keySpan: Span;
  readonly value: JsonPlace;
}

/** A value of a JSON text with its place in it. */
export type JsonPlace = Span &
  (
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
    | { readonly kind: 'array'; readonly items: readonly JsonPlace[] }
    | { readonly kind: 'plain'; readonly value: unknown }
  );

/**
 * Finds where every value of a JSON text stands, so that one of them can be changed without touching the rest.
 *
 * The text must be JSON (`JSON.parse` takes it); nothing is checked here.
 */
export function jsonPlaces(text: string): JsonPlace {
  const token = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g;
  const next = (): Span & { readonly word: string } => {
    const found = token.exec(text);
    if (!found) throw new Error('the text ends too early');
    return { start: found.index, end: token.lastIndex, word: found[0] };
  };
  const value = (at = next()): JsonPlace => {
    if (at.word === '{') return object(at.start);
    if (at.word === '[') return array(at.start);
    return { kind: 'plain', start: at.start, end: at.end, value: JSON.parse(at.word) };
  };
  const object = (start: number): JsonPlace => {
    const members: JsonMember[] = [];
    for (let at = next(); ; at = next()) {
      if (at.word === '}') return { kind: 'object', start, end: at.end, members };
      if (at.word === ',') continue;
      next(); // the colon
      const found = value();
      members.push({
        key: JSON.parse(at.word),
        keySpan: at,
        value: found,
        start: at.start,
        end: found.end,
      });
    }
  };
  const array = (start: number): JsonPlace => {
    const items: JsonPlace[] = [];
    for (let at = next(); ; at = next()) {
      if (at.word === ']') return { kind: 'array', start, end: at.end, items };
      if (at.word !== ',') items.push(value(at));
    }
  };
  return value();
}

/** A member by its name; as in Unreal, capitals do not matter. */
export function memberOf(place: JsonPlace, key: string): JsonMember | undefined {
  if (place.kind !== 'object') return undefined;
  return place.members.find((member) => member.key.toLowerCase() === key.toLowerCase());
}
