/*
 * Sends a file in slices, straight to storage, and goes on where a broken line left off: what has arrived is known by the SHA-256 of
 * the whole, so also after a reload, in another tab or the next evening. Where it cannot run, the form posts the file in one piece.
 * No text of its own: what it says stands in the page.
 */

type Slice = { from: number; to: number; upload: { url: string; fields: Record<string, string> } };
type Answer = { arrived: number; slices: Slice[] };

const smallest = 65_536;
const largest = 4_194_304;
const firstSize = 262_144;
/** A slice that takes longer costs too much when the line breaks; shorter ones cost a question each. */
const wantedMilliseconds = 4000;
/** Nothing moved for so long: the line is gone, though nobody says so. */
const patienceMilliseconds = 30_000;
const longestPause = 30_000;

/** The server has answered, and asking again would not help: its page says why, and what can be done. */
class Refused extends Error {}

const hashOf = async (file: Blob): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

const ask = async <T>(address: string | undefined, facts: Record<string, string>): Promise<T> => {
  const aborting = new AbortController();
  const patience = setTimeout(() => aborting.abort(), patienceMilliseconds);
  try {
    const body = new URLSearchParams(facts);
    const answer = await fetch(address ?? '', { method: 'POST', body, signal: aborting.signal });
    if (answer.ok) return await answer.json();
    if (answer.status < 500 && answer.status !== 429) throw new Refused(await answer.text());
    throw new Error(String(answer.status));
  } finally {
    clearTimeout(patience);
  }
};

/** @param moved is told how much of the slice has left, and that anything moves at all */
const send = (file: Blob, { from, to, upload }: Slice, moved: (bytes: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) body.set(name, value);
    body.set('file', file.slice(from, to));
    const request = new XMLHttpRequest();
    let patience = setTimeout(() => request.abort(), patienceMilliseconds);
    request.upload.addEventListener('progress', ({ loaded }) => {
      clearTimeout(patience);
      patience = setTimeout(() => request.abort(), patienceMilliseconds);
      moved(Math.min(loaded, to - from));
    });
    request.addEventListener('loadend', () => {
      clearTimeout(patience);
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Error(`storage ${request.status}`));
    });
    request.open('POST', upload.url);
    request.send(body);
  });

/** As large as the line carries in the time that a slice may take: a power of two, as the server wants it. */
const sizeFor = (bytes: number, milliseconds: number): number => {
  const wanted = (bytes / Math.max(milliseconds, 1)) * wantedMilliseconds;
  return Math.min(largest, Math.max(smallest, 2 ** Math.floor(Math.log2(wanted))));
};

/** Until the time is over, or the device says that it has a line again. */
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    addEventListener('online', () => resolve(), { once: true });
  });

type Show = { sent: (bytes: number) => void; broken: () => void };

/** Sends what is missing, in slices of a size; answers with another size once the line turns out to be faster. */
const sendMissing = async (
  file: Blob,
  { arrived, slices }: Answer,
  { size, sent }: { size: number; sent: Show['sent'] },
): Promise<number> => {
  let done = arrived;
  for (const slice of slices) {
    const bytes = slice.to - slice.from;
    const before = done;
    const begun = performance.now();
    await send(file, slice, (moved) => sent(before + moved));
    done += bytes;
    sent(done);
    const faster = bytes === size ? sizeFor(bytes, performance.now() - begun) : size;
    if (faster > size) return faster;
  }
  return size;
};

const sendWhole = async (file: Blob, { slices, join }: DOMStringMap, show: Show): Promise<void> => {
  let size = firstSize;
  let failures = 0;
  for (;;) {
    // Read anew each time: a file that was changed or taken away meanwhile is another one.
    const whole = { bytes: String(file.size), sha256: await hashOf(file) };
    try {
      const answer = await ask<Answer>(slices, { ...whole, size: String(size) });
      show.sent(answer.arrived);
      size = await sendMissing(file, answer, { size, sent: show.sent });
      if (answer.slices.length > 0) failures = 0;
      else if ((await ask<{ whole: boolean }>(join, whole)).whole) return;
      else throw new Error('something is missing');
    } catch (error) {
      if (error instanceof Refused) throw error;
      failures += 1;
      size = Math.max(smallest, size / 2);
      show.broken();
      await pause(Math.min(longestPause, 500 * 2 ** failures));
    }
  }
};

/** A bar for the eye, and a sentence at each tenth for whoever listens. */
const showIn = (form: HTMLFormElement, total: number): Show => {
  const status = form.querySelector('[role=status]');
  const bar = document.createElement('progress');
  bar.max = total;
  bar.value = 0;
  bar.setAttribute('aria-labelledby', 'sending');
  status?.before(bar);
  const say = (text: string | undefined): void => {
    const said = (text ?? '').replace(/\d+/, String(Math.floor((bar.value / total) * 100)));
    if (status && status.textContent !== said) status.textContent = said;
  };
  let tenth = -1;
  return {
    sent: (bytes) => {
      bar.value = bytes;
      const reached = Math.floor((bytes / total) * 10);
      if (reached !== tenth) say(form.dataset['progress']);
      tenth = reached;
    },
    broken: () => {
      tenth = -1;
      say(form.dataset['broken']);
    },
  };
};

/** Shows a page that the server answered with in the place of this one, as the form without scripts would have. */
const showAnswer = (text: string): void => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const main = page.querySelector('main');
  if (!main) throw new Error('No page.');
  document.title = page.title;
  document.querySelector('main')?.replaceWith(main);
  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
};

const sendBySlices = (form: HTMLFormElement): void => {
  let running = false;
  // Each slice has a form of its own.
  form.classList.remove('runs-out');
  form.addEventListener('submit', (event) => {
    const file = form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    if (running) event.preventDefault();
    // Nothing chosen, too large, or pressed twice: the form itself, or another script, has said so.
    if (running || event.defaultPrevented || !file || file.size === 0) return;
    event.preventDefault();
    running = true;
    const { back, done, gone } = form.dataset;
    sendWhole(file, form.dataset, showIn(form, file.size))
      .then(() => location.assign(done ?? ''))
      .catch((error: unknown) => {
        if (error instanceof Refused) showAnswer(error.message);
        else location.assign(gone ?? '');
      })
      .catch(() => location.assign(back ?? ''));
  });
};

// Without it (a page over plain HTTP) the form goes in one piece.
if ('subtle' in crypto) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-slices]')) sendBySlices(form);
}
