import type { EditorPython } from './editor-python.js';

/** What a route answers: a status and the JSON text of the body. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: string;
}

const ROUTES = [
  {
    Path: '/remote/info',
    Verb: 'Get',
    Description: 'Get information about different routes available on this API.',
  },
  { Path: '/remote/object/call', Verb: 'Put', Description: 'Call a function on a remote object.' },
];

/** Error texts go into the JSON as they are: the editor does not escape them. */
const failure = (status: number, text: string): RouteAnswer => ({
  status,
  body: `{"errorMessage":"${text}"}`,
});

/** The value of a key, whatever its case, as the editor reads requests. */
export function field(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (object as Record<string, unknown>)[key];
}

/** Answers one request as the editor's Remote Control server does, as far as the stand-in goes. */
export async function answerRoute(
  python: EditorPython,
  verb: string,
  url: string,
  body: unknown,
): Promise<RouteAnswer> {
  const route = `${verb.toUpperCase()} ${url}`;
  if (route === 'GET /remote/info') return { status: 200, body: JSON.stringify({ HttpRoutes: ROUTES }) };
  if (route !== 'PUT /remote/object/call') return failure(404, `Route ${url} could not be found.`);

  const object = field(body, 'objectPath');
  const name = field(body, 'functionName');
  if (typeof object !== 'string' || typeof name !== 'string')
    return failure(400, 'Unable to deserialize request.');
  const parameters = field(body, 'parameters') ?? {};
  if (typeof parameters !== 'object' || Array.isArray(parameters))
    return failure(400, 'Parameters object improperly formatted.');

  const outcome = await python.call({
    object,
    function: name,
    parameters: parameters as Record<string, unknown>,
  });
  if (!('missing' in outcome)) return { status: 200, body: JSON.stringify({ ReturnValue: outcome.value }) };
  return outcome.missing === 'object'
    ? failure(404, `Object: ${object} does not exist.`)
    : failure(404, `Function: ${name} does not exist on object: ${object}`);
}
