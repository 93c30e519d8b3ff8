/** What was used last, at most `size` entries: for values that never change under their name. */
export const recent = <Value>(size: number) => {
  const kept = new Map<string, Value>();
  return {
    get: (name: string): Value | undefined => {
      const value = kept.get(name);
      if (value === undefined) return undefined;
      kept.delete(name);
      kept.set(name, value);
      return value;
    },
    set: (name: string, value: Value): Value => {
      kept.delete(name);
      kept.set(name, value);
      const [oldest] = kept.keys();
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
};
