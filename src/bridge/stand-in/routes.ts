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
  { Path: '/remote/batch', Verb: 'Put', Description: 'Execute multiple requests in a single call.' },
  { Path: '/remote/presets', Verb: 'Get', Description: 'Get the list of presets.' },
  { Path: '/remote/preset/:preset', Verb: 'Get', Description: 'Get the contents of a preset.' },
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
  if (route === 'GET /remote/info' || route === 'OPTIONS /remote')
    return { status: 200, body: JSON.stringify({ HttpRoutes: ROUTES }) };
  // The project that is open has no presets.
  if (route === 'GET /remote/presets') return { status: 200, body: '{"Presets":[]}' };
  if (route.startsWith('GET /remote/preset/')) return failure(404, 'Unable to resolve the preset.');
  if (route === 'PUT /remote/batch') return answerBatch(python, body);
  if (route === 'PUT /remote/object/call') return answerCall(python, body);
  return failure(404, `Route ${url} could not be found.`);
}

/** Answers several requests in one go. */
async function answerBatch(python: EditorPython, body: unknown): Promise<RouteAnswer> {
  const requests = field(body, 'Requests');
  if (!Array.isArray(requests)) return failure(400, 'Unable to deserialize request.');
  const answers: string[] = [];
  for (const request of requests) {
    const id = field(request, 'RequestId');
    const { status, body: text } = await answerRoute(
      python,
      String(field(request, 'Verb') ?? ''),
      String(field(request, 'URL') ?? ''),
      field(request, 'Body'),
    );
    answers.push(
      `{"RequestId":${typeof id === 'number' ? id : -1},"ResponseCode":${status},"ResponseBody":${text}}`,
    );
  }
  return { status: 200, body: `{"Responses":[${answers.join(',')}]}` };
}

async function answerCall(python: EditorPython, body: unknown): Promise<RouteAnswer> {
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
