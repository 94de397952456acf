import type { EditorPython } from './editor-python.js';
import type { Presets } from './presets.js';

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
  {
    Path: '/remote/preset/:preset/expose/property',
    Verb: 'Put',
    Description: 'Expose a property on a preset.',
  },
  { Path: '/remote/preset/transient', Verb: 'Put', Description: 'Create a transient preset.' },
  { Path: '/remote/preset/transient/:preset', Verb: 'Delete', Description: 'Delete a transient preset.' },
];

/** What routes work on. */
export interface RoutedEditor {
  readonly python: EditorPython;
  readonly presets: Presets;
}

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
  editor: RoutedEditor,
  verb: string,
  url: string,
  body: unknown,
): Promise<RouteAnswer> {
  const route = `${verb.toUpperCase()} ${url}`;
  if (route === 'GET /remote/info' || route === 'OPTIONS /remote') return ok({ HttpRoutes: ROUTES });
  if (route === 'PUT /remote/batch') return answerBatch(editor, body);
  if (route === 'PUT /remote/object/call') return answerCall(editor, body);
  if (url.startsWith('/remote/preset')) return answerPresetRoute(editor, route, body);
  return failure(404, `Route ${url} could not be found.`);
}

/** Answers several requests in one go. */
async function answerBatch(editor: RoutedEditor, body: unknown): Promise<RouteAnswer> {
  const requests = field(body, 'Requests');
  if (!Array.isArray(requests)) return failure(400, 'Unable to deserialize request.');
  const answers: string[] = [];
  for (const request of requests) {
    const id = field(request, 'RequestId');
    const { status, body: text } = await answerRoute(
      editor,
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

async function answerCall({ python }: RoutedEditor, body: unknown): Promise<RouteAnswer> {
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
  if (!('missing' in outcome)) return ok({ ReturnValue: outcome.value });
  return outcome.missing === 'object'
    ? failure(404, `Object: ${object} does not exist.`)
    : failure(404, `Function: ${name} does not exist on object: ${object}`);
}

/** Transient presets alone: the project that is open has no others. The bodies are not proven against an editor. */
async function answerPresetRoute(
  { python, presets }: RoutedEditor,
  route: string,
  body: unknown,
): Promise<RouteAnswer> {
  const unresolved = failure(404, 'Unable to resolve the preset.');
  if (route === 'GET /remote/presets')
    return ok({ Presets: presets.names.map((name) => ({ Name: name, ID: name, Path: name })) });
  if (route === 'PUT /remote/preset/transient') return ok({ PresetName: presets.make() });
  const removed = /^DELETE \/remote\/preset\/transient\/([^/]+)$/.exec(route);
  if (removed) return presets.remove(removed[1]) ? ok({}) : unresolved;
  const exposed = /^PUT \/remote\/preset\/([^/]+)\/expose\/property$/.exec(route);
  if (exposed) {
    if (!presets.has(exposed[1])) return unresolved;
    const object = field(body, 'ObjectPath');
    const property = field(body, 'PropertyName');
    if (typeof object !== 'string' || typeof property !== 'string')
      return failure(400, 'Unable to deserialize request.');
    const outcome = await python.property({ object, property });
    if ('missing' in outcome) return failure(404, `${object} has no property ${property}.`);
    return ok({ ExposedPropertyId: presets.expose(exposed[1], object, property, outcome.value) });
  }
  const wanted = /^GET \/remote\/preset\/([^/]+)$/.exec(route);
  if (wanted && presets.has(wanted[1])) return ok({ Preset: { Name: wanted[1], ID: wanted[1] } });
  return unresolved;
}

const ok = (body: unknown): RouteAnswer => ({ status: 200, body: JSON.stringify(body) });
