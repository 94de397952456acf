/** Which nodes of a directed graph can be got to from each other. */
export interface StronglyConnected {
  /** [nodes], number of the component that each lies in. */
  readonly component: Int32Array;
  /** Nodes of each component. */
  readonly sizes: readonly number[];
}

/**
 * Strongly connected components of a graph whose node i leads to `edges[i]`.
 *
 * @see R. Tarjan, "Depth-First Search and Linear Graph Algorithms" (1972); written without recursion.
 */
export function stronglyConnected(edges: readonly (readonly number[])[]): StronglyConnected {
  const n = edges.length;
  const order = new Int32Array(n).fill(-1);
  const lowest = new Int32Array(n);
  const component = new Int32Array(n).fill(-1);
  const next = new Int32Array(n);
  const path: number[] = [];
  const waiting: number[] = [];
  const sizes: number[] = [];
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (order[root] >= 0) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (order[node] < 0) {
        order[node] = lowest[node] = count++;
        waiting.push(node);
      }
      if (next[node] < edges[node].length) {
        const to = edges[node][next[node]++];
        if (order[to] < 0) path.push(to);
        else if (component[to] < 0) lowest[node] = Math.min(lowest[node], order[to]);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) lowest[parent] = Math.min(lowest[parent], lowest[node]);
      if (lowest[node] !== order[node]) continue;
      let size = 0;
      for (let member = -1; member !== node; size++) {
        member = waiting.pop() as number;
        component[member] = sizes.length;
      }
      sizes.push(size);
    }
  }
  return { component, sizes };
}
