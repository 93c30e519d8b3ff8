/** Lifecycle rules: what is forgotten by itself. S3 rounds an object's age up to the next midnight of UTC, and so does this. */
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import type { Bucket, LifecycleRule } from './bucket.ts';

const day = 24 * 60 * 60 * 1000;
/** After a start, so that looking through the objects does not delay it. */
const firstLook = 60_000;

const nextMidnight = (instant: number): number => Math.ceil(instant / day) * day;

/** Looks once after the start and at every midnight. Answers how to stop. */
export const startForgetting = (buckets: readonly Bucket[], clock: HomeClock, log: HomeLog): (() => void) => {
  const ruled = buckets.filter(({ options }) => (options.lifecycle ?? []).length > 0);
  if (ruled.length === 0) return () => undefined;
  let cancel = clock.at(clock.now() + firstLook, () => look(), 'housekeeping');
  const look = (): void => {
    cancel = clock.at(nextMidnight(clock.now() + 1), look, 'housekeeping');
    for (const bucket of ruled) {
      forget(bucket, clock.now(), log).catch((error: unknown) =>
        log('S3_FORGETTING_FAILED', 'A lifecycle rule could not be followed; it is tried again tomorrow.', {
          bucket: bucket.options.name,
          reason: error instanceof Error ? error.message : 'unknown',
        }),
      );
    }
  };
  return () => cancel();
};

const forget = async (bucket: Bucket, now: number, log: HomeLog): Promise<void> => {
  for (const rule of bucket.options.lifecycle ?? []) {
    const objects = await expire(bucket, rule, now);
    const { abortUploadsAfterDays: days } = rule;
    const uploads =
      days === undefined ? 0 : await bucket.uploads.removeOlderThan(now - days * day, rule.prefix);
    if (objects + uploads > 0) {
      const { name } = bucket.options;
      log('S3_FORGOTTEN', 'A lifecycle rule removed what was old.', {
        bucket: name,
        prefix: rule.prefix,
        objects,
        uploads,
      });
    }
  }
};

const expire = async (
  { store }: Bucket,
  { prefix, expireAfterDays: days }: LifecycleRule,
  now: number,
): Promise<number> => {
  if (days === undefined) return 0;
  const old = (await store.all(prefix)).filter(
    ({ lastModified }) => nextMidnight(lastModified + days * day) <= now,
  );
  let removed = 0;
  for (const { key, writeId } of old) removed += Number(await store.remove(key, writeId));
  return removed;
};
