/** A binary heap of nodes by distance. A node may be in it more than once; equal distances come by the node's number. */
export type Heap = {
  clear: () => void;
  push: (key: number, node: number) => void;
  /** Takes out the nearest. @returns its node, or -1 when there is none */
  pop: () => number;
  /** The distance of what was taken out last. */
  key: () => number;
};

export const heapOf = (): Heap => {
  const keys: number[] = [];
  const nodes: number[] = [];
  let taken = 0;
  const before = (a: number, b: number): boolean => {
    const [keyA, keyB] = [keys[a] ?? 0, keys[b] ?? 0];
    return keyA < keyB || (keyA === keyB && (nodes[a] ?? 0) < (nodes[b] ?? 0));
  };
  const swap = (a: number, b: number): void => {
    const [key, node] = [keys[a] ?? 0, nodes[a] ?? 0];
    keys[a] = keys[b] ?? 0;
    nodes[a] = nodes[b] ?? 0;
    keys[b] = key;
    nodes[b] = node;
  };
  return {
    clear: () => {
      keys.length = 0;
      nodes.length = 0;
    },
    push: (key, node) => {
      let place = keys.length;
      keys.push(key);
      nodes.push(node);
      for (let up = (place - 1) >> 1; place > 0 && before(place, up); up = (place - 1) >> 1) {
        swap(place, up);
        place = up;
      }
    },
    pop: () => {
      const last = keys.length - 1;
      if (last < 0) return -1;
      swap(0, last);
      taken = keys.pop() ?? 0;
      const node = nodes.pop() ?? 0;
      let place = 0;
      for (let child = 1; child < last; child = 2 * place + 1) {
        if (child + 1 < last && before(child + 1, child)) child += 1;
        if (!before(child, place)) break;
        swap(child, place);
        place = child;
      }
      return node;
    },
    key: () => taken,
  };
};
