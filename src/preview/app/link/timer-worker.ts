/** The page's types know no worker's own scope. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<number>) => void;
  postMessage(nothing: null): void;
};

scope.onmessage = ({ data: everyMs }) => {
  setInterval(() => scope.postMessage(null), everyMs);
};
