/** Held equal to package.json, the plugin's .uplugin and the newest changelog entry by tests/arch/version.test.ts. */
export const VERSION = '0.1.0';
