import { describe, expect, it } from 'vitest';
import { checkEach } from '#functions/documents/held.ts';

const held = async function* (): AsyncIterable<string> {
  yield* ['held/a/1', 'held/a/2', 'held/a/3'];
};

/** Checks everything that is held; these files cannot be judged. */
const round = async (unjudged: readonly string[]) => {
  const cleared: string[] = [];
  const failed: string[] = [];
  const ended = checkEach(
    held(),
    async (key) => {
      if (unjudged.includes(key)) throw new Error('INSTREAM size limit exceeded');
      cleared.push(key);
    },
    (key) => failed.push(key),
  );
  const error = await ended.catch((thrown: unknown) => thrown);
  return { cleared, failed, error };
};

describe('the round over held files', () => {
  it('goes on after one that cannot be judged, and fails at the end so that the alarm is raised', async () => {
    const { cleared, failed, error } = await round(['held/a/1']);

    expect(cleared).toEqual(['held/a/2', 'held/a/3']);
    expect(failed).toEqual(['held/a/1']);
    expect(error).toEqual(new Error('1 held files could not be checked.'));
  });

  it('ends well when every file was judged', async () => {
    expect(await round([])).toEqual({
      cleared: ['held/a/1', 'held/a/2', 'held/a/3'],
      failed: [],
      error: undefined,
    });
  });
});
