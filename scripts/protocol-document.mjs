/** docs/protocol.md from the schemas of src/bridge/protocol: a table for each frame, call and shared shape. */
import { z } from 'zod';

const INTRODUCTION = `# The link: protocol

*Written from the schemas in \`src/bridge/protocol\` by \`npm run generate\`; a test sees that it is fresh.*

Gaitway speaks to an Unreal editor over one WebSocket, that of the editor's own plugin *Remote Control API*
(\`ws://127.0.0.1:30020\`). Through it one function of the Gaitway plugin is called, with a JSON text in and a JSON
text out. Frames are Unreal's; calls are ours.

## 1. Frames

| rule | |
| --- | --- |
| to the editor | text frames, UTF-8 JSON; a binary frame would need its length in front |
| from the editor | binary frames of bare UTF-8 JSON; a long one comes in fragments |
| ids | \`Id\` and \`Parameters.RequestId\` are equal, 1 or more, and new for every request: an answer repeats the inner, a refusal by the passphrase check the outer |
| order | about one answer leaves a tick (30 to 120 a second, about 3 where the editor sleeps in the background); answers are matched by id, never by order |
| silence | what the editor cannot read gets no answer at all; only a time limit tells |
| error texts | are pasted into the JSON without escaping, so a quote in an asset's name breaks the frame; the text is taken out all the same. A frame of a *success* that cannot be read counts as lost |
| exceptions | an exception in Python comes back as a success with the default value, an empty text; so the plugin catches them all and answers \`{ok: false, …}\` |
| passphrase | where the project asks for one: its MD5 in hex as \`Passphrase\` |

A request:

\`\`\`json
{
  "MessageName": "http",
  "Id": 7,
  "Parameters": {
    "RequestId": 7,
    "Url": "/remote/object/call",
    "Verb": "PUT",
    "Body": {
      "objectPath": "OBJECT",
      "functionName": "FUNCTION",
      "parameters": { "request_json": "{\\"protocol\\":VERSION,\\"token\\":\\"…\\",\\"call\\":\\"hello\\",\\"arguments\\":{\\"client\\":\\"gaitway\\"}}" },
      "generateTransaction": false
    }
  }
}
\`\`\`

What comes back is one of these; anything else is passed over.

`;

const CALL_RULES = `## 2. Calls

The answer's \`ResponseBody.ReturnValue\` is a JSON text: \`{"ok": true, "result": …}\` or
\`{"ok": false, "error": {"code", "message", "data"?}}\`. This is version **VERSION** of the calls; both ends tell theirs in \`hello\`,
and a plugin of another version is not spoken to further. Every call but \`hello\` carries the token that the plugin wrote to
\`Saved/Gaitway/token\` of the project when the editor started.

*Repeatable* calls are sent again where the connection broke before their answer. The others are sent at most once; a push
that was cut off is found out by asking after its job, then by reading the asset's content hash back.

Numbers travel as one block of little-endian float32: translations [keys, bones, 3] in centimetres, rotations
[keys, bones, 4] x y z w, scales [keys, bones, 3] where \`hasScales\`, then each curve [keys]; Unreal's axes. It goes as a file in
the project's \`Saved/Gaitway/transfer\` where both ends see that folder, else in base64 pieces; the first transfer of a session
finds out which.

`;

const FAULT_RULES = `## 4. Faults

Each failure and warning of the link has a code; its message says the same of the case at hand.

| code | means | what to do |
| --- | --- | --- |
`;

/**
 * The document, as Markdown.
 *
 * @param protocol the exports of src/bridge/protocol/index.ts
 */
export function protocolDocument({
  CALLS,
  FAULTS,
  FRAMES,
  SHAPES,
  PROTOCOL_VERSION,
  PLUGIN_OBJECT,
  PLUGIN_FUNCTION,
}) {
  const shapes = z.registry();
  for (const [name, schema] of Object.entries({ ...SHAPES, ...FRAMES })) shapes.add(schema, { id: name });
  for (const [name, { takes, gives }] of Object.entries(CALLS)) {
    shapes.add(takes, { id: `${name} takes` });
    // A whole answer may be a shared shape, which then has its own name.
    if (!shapes.has(gives)) shapes.add(gives, { id: `${name} gives` });
  }
  const { schemas } = z.toJSONSchema(shapes, { uri: (id) => id, io: 'output' });
  const section = (name) => `### ${name}\n\n${aboutOf(schemas[name])}${fieldTable(schemas[name])}`;
  const calls = Object.entries(CALLS).map(([name, { about, repeatable, gives }]) => {
    const answer = shapes.get(gives).id;
    return (
      `### \`${name}\`\n\n${about} ${repeatable ? 'Repeatable.' : '**Sent at most once.**'}\n\n` +
      `Takes\n\n${fieldTable(schemas[`${name} takes`])}Gives${answer in SHAPES ? ` ${link(answer)}.\n\n` : `\n\n${fieldTable(schemas[answer])}`}`
    );
  });
  const filled = (text) =>
    text
      .replaceAll('VERSION', PROTOCOL_VERSION)
      .replaceAll('OBJECT', PLUGIN_OBJECT)
      .replaceAll('FUNCTION', PLUGIN_FUNCTION);
  return [
    filled(INTRODUCTION),
    Object.keys(FRAMES).map(section).join(''),
    filled(CALL_RULES),
    calls.join(''),
    '## 3. Shapes that calls share\n\n',
    Object.keys(SHAPES).map(section).join(''),
    FAULT_RULES,
    faultRows(FAULTS),
  ]
    .join('')
    .trimEnd()
    .concat('\n');
}

/** A row a code, in the order of the alphabet. */
const faultRows = (faults) =>
  Object.entries(faults)
    .map(([code, { means, cure }]) => `| \`${code}\` | ${means} | ${cure} |\n`)
    .sort()
    .join('');

const link = (name) => `[${name}](#${name.toLowerCase()})`;
const aboutOf = ({ description }) =>
  description === undefined
    ? ''
    : `${description[0].toUpperCase()}${description.slice(1).replace(/\.$/, '')}.\n\n`;

/** A bullet for each of several shapes that a member of a list may have; else one row a field, where fields of nested objects come as `outer.inner`, of lists as `outer[].inner`. */
function fieldTable(schema) {
  if (schema.oneOf) return `${schema.oneOf.map((choice) => `- ${classText(choice)}\n`).join('')}\n`;
  const rows = fieldRows(schema, '');
  if (rows.length === 0) return 'Nothing.\n\n';
  const cells = rows
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
  return `| field | what | |\n| --- | --- | --- |\n${cells}\n`;
}

function fieldRows(schema, before) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : ' (may be left out)';
    const row = [`\`${before}${name}\``, typeText(field) + optional, meaning(field)];
    const inner =
      field.type === 'array' ? field.items : (field.anyOf?.find(({ properties }) => properties) ?? field);
    const end = field.type === 'array' ? '[].' : '.';
    return [row, ...(inner?.properties ? fieldRows(inner, `${before}${name}${end}`) : [])];
  });
}

const meaning = ({ description, items }) => description ?? items?.description ?? '';

function typeText(schema) {
  if (schema.$ref !== undefined) return link(schema.$ref.replace(/^#\/\$defs\//, '').replace(/#.*$/, ''));
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeText).join(' or ');
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeText({ ...schema, type })).join(' or ');
  if (schema.prefixItems) return `${schema.prefixItems.length} numbers`;
  if (schema.type === 'array') return `list of ${typeText(schema.items)}${atLeast(schema.minItems)}`;
  if (schema.type === 'object') return schema.properties?.class ? classText(schema) : 'object';
  if (schema.contentEncoding === 'base64') return 'base64';
  if (schema.type === 'integer') return `whole number${range(schema)}`;
  if (schema.type === 'number') return `number${range(schema)}`;
  if (schema.type === 'string') return 'text';
  return { boolean: 'true or false', null: 'null' }[schema.type] ?? 'anything';
}

/** A member of a list that tells by its class what it is: the class, and its other fields. */
function classText({ properties }) {
  const fields = Object.entries(properties).filter(([name]) => name !== 'class');
  return `${typeText(properties.class)} with ${fields.map(([name, field]) => `\`${name}\` (${typeText(field)})`).join(', ')}`;
}

const LARGEST = Number.MAX_SAFE_INTEGER;
function range({ minimum, maximum, exclusiveMinimum }) {
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const from =
    least === undefined || least === -LARGEST
      ? undefined
      : `${exclusiveMinimum === undefined ? '≥' : '>'} ${least}`;
  const to = maximum === undefined || maximum === LARGEST ? undefined : `≤ ${maximum}`;
  const bounds = [from, to].filter((bound) => bound !== undefined).join(', ');
  return bounds ? ` (${bounds})` : '';
}

const atLeast = (count) => (count === undefined ? '' : `, ${count} or more`);
