type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether an event fits an EventBridge pattern: every member of the pattern is in the event, and a list names the values
 * that are accepted, literally or by prefix, suffix, absence or exclusion.
 */
export const fitsPattern = (pattern: Members, event: unknown): boolean =>
  isMembers(event) &&
  Object.entries(pattern).every(([member, wanted]) =>
    isMembers(wanted)
      ? fitsPattern(wanted, event[member])
      : Array.isArray(wanted) && wanted.some((one) => accepts(one, event[member])),
  );

const accepts = (wanted: unknown, value: unknown): boolean => {
  if (Array.isArray(value)) return value.some((one) => accepts(wanted, one));
  if (!isMembers(wanted)) return wanted === value;
  const { prefix, suffix, exists } = wanted;
  if (typeof prefix === 'string') return typeof value === 'string' && value.startsWith(prefix);
  if (typeof suffix === 'string') return typeof value === 'string' && value.endsWith(suffix);
  if (typeof exists === 'boolean') return exists === (value !== undefined);
  if ('anything-but' in wanted)
    return value !== undefined && ![wanted['anything-but']].flat().includes(value);
  return false;
};
