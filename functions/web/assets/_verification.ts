/*
 * The page that checks published results without a network: one file that anybody can keep. It is drawn here, from the files that its
 * reader chooses, by the code that npm run verify runs.
 */
import { chosenAlso, chosenFiles } from '#shared/bundle/chosen.ts';
import { type Report, reportOf, type Say, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { type Locale, localeNames, locales } from '#shared/i18n/locale.ts';

/** `unread`: what was chosen last could not be read. */
const state: { locale: Locale; texts: readonly string[]; unread: boolean } = {
  locale: 'kk',
  texts: [],
  unread: false,
};

const element = (
  name: string,
  text?: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
};

const languages = (): HTMLElement => {
  const nav = element('nav');
  for (const locale of locales) {
    const button = element('button', localeNames[locale], {
      type: 'button',
      id: `language-${locale}`,
      lang: locale,
      'aria-pressed': String(locale === state.locale),
    });
    button.addEventListener('click', () => {
      state.locale = locale;
      void draw();
    });
    nav.append(button);
  }
  return nav;
};

const fileField = (label: string): HTMLElement[] => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', id: 'files', multiple: true, accept: '.json,application/json' });
  input.addEventListener('change', () => void take(input.files));
  return [element('label', label, { for: 'files' }), input];
};

const take = async (files: FileList | null | undefined): Promise<void> => {
  if (!files || files.length === 0) return;
  try {
    const texts = await Promise.all(Array.from(files, textOf));
    // Chosen one after the other, they count together.
    state.texts = chosenAlso(state.texts, texts);
    state.unread = false;
  } catch {
    state.unread = true;
  }
  await draw();
};

/** Every byte counts, also a mark before the first, which `file.text()` would leave out. */
const textOf = async (file: File): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());

const resultOf = ({ verdict, holds, about, findings, own }: Report, compare: string): HTMLElement[] => {
  const facts = element('dl');
  for (const { name, value } of about) facts.append(element('dt', name), element('dd', value));
  const list = element('ul');
  for (const finding of findings)
    list.append(element('li', finding.text, { class: finding.holds ? 'yes' : 'no' }));
  return [
    element('p', verdict, { id: 'verdict', role: 'status', class: holds ? 'yes' : 'no' }),
    ...own.map((line) => element('p', line)),
    list,
    facts,
    element('p', compare),
  ];
};

/** What the chosen files come to. */
const findingsOf = async (say: Say): Promise<HTMLElement[]> => {
  const { bundle, receipt, earlier } = chosenFiles(state.texts);
  if (state.unread) return [refusal(say('verification.failed'))];
  if (bundle === undefined) return receipt === undefined ? [] : [refusal(say('verification.need-bundle'))];
  try {
    const report = reportOf(await verifyResults(bundle, receipt, earlier), state.locale);
    return resultOf(report, say('verification.compare'));
  } catch {
    // What is wrong with files is a finding; this is a browser that lacks something, or memory.
    return [refusal(say('verification.failed'))];
  }
};

const refusal = (text: string): HTMLElement => element('p', text, { role: 'status', class: 'no' });

let draws = 0;

const draw = async (): Promise<void> => {
  draws += 1;
  const own = draws;
  const { locale } = state;
  const say = verifyWords(locale);
  const shown = [
    languages(),
    element('h1', say('verification.title')),
    element('p', say('verification.intro')),
    ...fileField(say('verification.files')),
    ...(await findingsOf(say)),
  ];
  // Files that were chosen meanwhile, or another language, are drawn instead.
  if (own !== draws) return;
  const focused = document.activeElement?.id ?? '';
  document.documentElement.lang = locale;
  document.title = say('verification.title');
  document.getElementById('verification')?.replaceChildren(...shown);
  if (focused !== '') document.getElementById(focused)?.focus();
};

const preferred = locales.find((locale) => navigator.language.startsWith(locale));
state.locale = preferred ?? state.locale;
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files);
});
void draw();
