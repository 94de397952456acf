import { spawn } from 'node:child_process';

/** What hands an address to the default browser; none of them goes through a shell. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
};

/** Opens an address in the default browser, or says that it must be opened by hand. */
export function openInBrowser(url: string, note: (text: string) => void): void {
  const [program, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  child.on('error', () => note('No browser could be started; open the address above by hand.'));
  child.unref();
}
