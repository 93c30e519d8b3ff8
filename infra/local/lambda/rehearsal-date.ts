/**
 * Replaces Date in this thread by one that runs like the machine's, `offset[0]` milliseconds away. A Proxy keeps
 * everything else of Date as it is, also `instanceof`. Timers, signatures' age limits and timeouts stay real.
 */
export const replaceDate = (offset: Float64Array): void => {
  const RealDate = Date;
  const now = (): number => Math.floor(RealDate.now() + (offset[0] ?? 0));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  });
};
