/*
 * Comfort where scripts run; every page works without it. No text of its own: what it says stands in the page.
 */

const forgetMilliseconds = 8000;

/** A second press of the same button sends nothing. Commands are repeatable anyway; this spares the waiting. */
const sendOnce = (form: HTMLFormElement): void => {
  form.addEventListener('submit', (event) => {
    if (form.dataset['sent'] !== undefined) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.dataset['sent'] = '';
    setTimeout(forgetSent, forgetMilliseconds);
  });
};

/** A page that comes back from the browser's memory can be sent again, and so can one whose answer never came. */
const forgetSent = (): void => {
  for (const form of document.forms) delete form.dataset['sent'];
};

/** Since the page came. A device that slept meanwhile counts only by its clock, and one whose clock was set back only without it. */
const pageMilliseconds = (): number => Math.max(performance.now(), Date.now() - performance.timeOrigin);

/**
 * Says that a file is too large before it is sent for minutes, and that it is on its way once it is. A form that has run out is fetched anew instead of
 * sent; slices ask for their own, and take the class away.
 */
const watchUpload = (form: HTMLFormElement): void => {
  form.addEventListener('submit', (event) => {
    const { seconds, over } = form.dataset;
    if (form.classList.contains('runs-out') && pageMilliseconds() > 1000 * Number(seconds)) {
      event.preventDefault();
      location.replace(over ?? '');
      return;
    }
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    const status = form.querySelector('[role=status]');
    const file = input?.files?.[0];
    const limit = Number(form.dataset['maxBytes']);
    if (!file || !status) return;
    const tooLarge = file.size > limit;
    status.textContent = (tooLarge ? form.dataset['tooLarge'] : form.dataset['sending']) ?? '';
    if (tooLarge) event.preventDefault();
  });
};

const pauseMilliseconds = 2000;
/** A minute in all; after that the link in the page is there. */
const looks = 30;
/** What is followed live, such as a meeting: for four hours. */
const livePauseMilliseconds = 5000;
const liveLooks = 2880;

/**
 * While a file is being checked, looks again and shows the page once it says something new: beside a form in which somebody may be typing, only the
 * part that tells of files.
 */
const waitForNews = async (first: string, isLive: boolean): Promise<void> => {
  let shown: string | undefined = first;
  for (let look = 0; shown !== undefined && look < (isLive ? liveLooks : looks); look += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, isLive ? livePauseMilliseconds : pauseMilliseconds);
    });
    const text = await textHere();
    if (text === undefined && !isLive) return;
    if (text === undefined || text.includes(`data-refresh="${shown}"`)) continue;
    const part = document.querySelector('[data-refresh]')?.closest('section[id]');
    const news = part && new DOMParser().parseFromString(text, 'text/html').getElementById(part.id);
    if (!news) {
      location.replace(location.pathname);
      return;
    }
    replacePart(part, news);
    shown = news.querySelector<HTMLElement>('[data-refresh]')?.dataset['refresh'];
  }
};

/** This page as it would come now; undefined where no answer came. */
const textHere = async (): Promise<string | undefined> => {
  const answer = await fetch(location.pathname, { credentials: 'same-origin' }).catch(() => undefined);
  return answer?.ok ? await answer.text() : undefined;
};

/** Who was about to press a button stays on it; what somebody typed stays, with its form where the page has none for it any more. */
const replacePart = (part: Element, news: HTMLElement): void => {
  const active = document.activeElement;
  const held = part.contains(active) && active?.getAttribute('value');
  const typed = [...part.querySelectorAll('textarea')].filter(({ value }) => value !== '');
  part.replaceWith(news);
  for (const area of typed) {
    const there = news.querySelector(`textarea[name="${area.name}"]`);
    if (there) there.replaceWith(area);
    else if (area.form) news.append(area.form);
    if (area === active) area.focus();
  }
  if (held) [...news.querySelectorAll('button')].find(({ value }) => value === held)?.focus();
};

/** Shows the questions that follow from the answers on the page, and hides those that no longer do. They keep what they hold. */
const reveal = (form: HTMLFormElement): void => {
  for (const block of form.querySelectorAll<HTMLElement>('[data-when]')) {
    const { when, is } = block.dataset;
    const wanted = (is ?? '').split(' ');
    const answers = [...form.querySelectorAll<HTMLInputElement>(`[name="${when}"]`)].filter(
      (input) => !input.closest('[hidden]') && (input.checked || input.tagName === 'SELECT'),
    );
    block.hidden = !answers.some(({ value }) => wanted.includes(value));
  }
};

/** Says to the server that whoever leaves such a question empty has seen it. */
const watchAnswers = (form: HTMLFormElement): void => {
  const revealed = form.querySelector<HTMLInputElement>('[name=revealed]');
  if (revealed) revealed.value = 'yes';
  form.addEventListener('change', () => reveal(form));
  addEventListener('pageshow', () => reveal(form));
};

/** Counts on from what the server counted, in the same way; the number stands at the end of its sentence. */
const watchWords = (count: HTMLElement): void => {
  const area = document.querySelector<HTMLTextAreaElement>(`#${count.dataset['words']}`);
  area?.addEventListener('input', () => {
    const words = area.value.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    count.textContent = (count.textContent ?? '').replace(/\d.*$/, `${words}`);
  });
};

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) watchUpload(form);
for (const form of document.querySelectorAll<HTMLFormElement>('form:has([data-when])')) watchAnswers(form);
for (const count of document.querySelectorAll<HTMLElement>('[data-words]')) watchWords(count);
for (const form of document.querySelectorAll<HTMLFormElement>('form[method=post]')) sendOnce(form);
// What is wrong is read out, and the next Tab goes to its first link.
document.querySelector<HTMLElement>('[data-focus]')?.focus();
addEventListener('pageshow', forgetSent);
const { refresh, live } = document.querySelector<HTMLElement>('[data-refresh]')?.dataset ?? {};
if (refresh !== undefined) waitForNews(refresh, live !== undefined).catch(() => undefined);
