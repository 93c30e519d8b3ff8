/** The same work, but each call begins once the one before has ended, well or not. */
export const oneAtATime = <Asked>(
  work: (asked: Asked) => Promise<void>,
): ((asked: Asked) => Promise<void>) => {
  let before: Promise<void> = Promise.resolve();
  return (asked) => {
    const mine = before.then(() => work(asked));
    before = mine.catch(() => undefined);
    return mine;
  };
};
