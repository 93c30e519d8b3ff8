/** Names of functions that only read, in every port. What is not here counts as a write. */
const reads = new Set([
  'find',
  'findByMail',
  'ofPerson',
  'history',
  'claimed',
  'list',
  'blob',
  'views',
  'document',
  'taskToken',
  'read',
  'versionOf',
  'presignDownload',
  'lettersTo',
  // Last seen is no more than a minute's bookkeeping of a session, and no part of the record.
  'touch',
]);

export type Writes = { made: string[] };

/** A port that notes each call which is no read, in the ports inside it as well. */
export const watched = <Port extends object>(port: Port, writes: Writes, name = ''): Port =>
  Object.assign(
    { ...port },
    Object.fromEntries(
      Object.entries(port).map(([member, value]) => [
        member,
        watchedMember(`${name}${member}`, value, writes),
      ]),
    ),
  );

const watchedMember = (name: string, value: unknown, writes: Writes): unknown => {
  if (typeof value === 'object' && value !== null && !(value instanceof Map) && !Array.isArray(value)) {
    return watched(value, writes, `${name}.`);
  }
  if (typeof value !== 'function' || reads.has(name.split('.').at(-1) ?? '')) return value;
  return (...given: unknown[]): unknown => {
    writes.made.push(name);
    return Reflect.apply(value, undefined, given);
  };
};
