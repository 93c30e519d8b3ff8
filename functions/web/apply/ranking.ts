export const moves = ['add', 'remove', 'up', 'down'] as const;
export type Move = (typeof moves)[number];

/** The order after one press. Adding twice, or moving what is not there or already at its end, changes nothing. */
export const change = <Code extends string>(order: readonly Code[], move: Move, code: Code): Code[] => {
  const at = order.indexOf(code);
  if (move === 'add') return at === -1 ? [...order, code] : [...order];
  if (at === -1) return [...order];
  const others = order.toSpliced(at, 1);
  if (move === 'remove') return others;
  return others.toSpliced(Math.max(0, at + (move === 'up' ? -1 : 1)), 0, code);
};
