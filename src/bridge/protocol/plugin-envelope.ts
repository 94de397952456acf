import { z } from 'zod';

/**
 * Version of the calls between Gaitway and its plugin, told by both ends in `hello`.
 *
 * 1  first release
 */
export const PROTOCOL_VERSION = 1;

/** The object that the plugin's Python class becomes in the editor, and its one function. */
export const PLUGIN_OBJECT = '/Engine/PythonTypes.Default__GaitwayBridge';
export const PLUGIN_FUNCTION = 'call';

/** The JSON text that the plugin's function is called with. */
export const pluginRequest = (call: string, token: string, callArguments: unknown): string =>
  JSON.stringify({ protocol: PROTOCOL_VERSION, token, call, arguments: callArguments });

/** What the function gives back, as JSON text: a result, or a coded refusal; never an exception. */
export const PluginAnswer = z.union([
  z.strictObject({ ok: z.literal(true), result: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: z.string().min(1),
      message: z.string(),
      data: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);
export type PluginAnswer = z.infer<typeof PluginAnswer>;

/** The body of the editor's answer to a function call that returns a text. */
export const ReturnedText = z.looseObject({ ReturnValue: z.string() });
