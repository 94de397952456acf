/** Numbers with keys, the least key taken first. */
export interface LeastFirst {
  put(item: number, key: number): void;
  /** Takes the item with the least key; of equal keys the least item. Nothing where none is left. */
  take(): number | undefined;
  /** The least key; Infinity where none is left. */
  least(): number;
}

/** An empty queue, kept as a binary heap. */
export function makeLeastFirst(): LeastFirst {
  const items: number[] = [];
  const keys: number[] = [];
  const isBefore = (a: number, b: number): boolean =>
    keys[a] < keys[b] || (keys[a] === keys[b] && items[a] < items[b]);
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b], items[a]];
    [keys[a], keys[b]] = [keys[b], keys[a]];
  };
  return {
    put(item, key) {
      let place = items.push(item) - 1;
      keys.push(key);
      while (place > 0 && isBefore(place, (place - 1) >> 1)) {
        swap(place, (place - 1) >> 1);
        place = (place - 1) >> 1;
      }
    },
    take() {
      if (items.length === 0) return undefined;
      swap(0, items.length - 1);
      const taken = items.pop();
      keys.pop();
      for (let place = 0; ; ) {
        let child = 2 * place + 1;
        if (child >= items.length) return taken;
        if (child + 1 < items.length && isBefore(child + 1, child)) child++;
        if (!isBefore(child, place)) return taken;
        swap(place, child);
        place = child;
      }
    },
    least: () => keys[0] ?? Infinity,
  };
}
