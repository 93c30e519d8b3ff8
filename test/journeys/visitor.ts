import { type HTMLElement, parse } from 'node-html-parser';
import { type Answer, type HttpClient, httpClient } from '#infra/rehearsal/http-client.ts';

/** A page as somebody without JavaScript has it: text to read, links to follow, forms to fill. */
export type Page = { path: string; status: number; text: string; document: HTMLElement };

type Fields = Record<string, string | readonly string[] | Blob>;

/** A visitor without JavaScript: reads pages, fills the forms that are there, presses buttons. */
export type Visitor = {
  client: HttpClient;
  open: (path: string) => Promise<Page>;
  /** Fills the form whose action ends so and sends it; follows where the answer leads. What is not named stays as it was. */
  press: (page: Page, action: string, fields?: Fields) => Promise<Page>;
};

/** @param client somebody who has signed in, where it is not just anybody */
export const visitor = (origin: string, client = httpClient(origin)): Visitor => {
  const open = async (path: string): Promise<Page> => follow(path, await client.ask(path));
  const follow = async (path: string, answer: Answer): Promise<Page> => {
    const location = answer.headers.get('location');
    if (location && answer.status >= 300 && answer.status < 400) return await open(location);
    return { path, status: answer.status, text: textOf(answer.text), document: parse(answer.text) };
  };
  return {
    client,
    open,
    press: async (page, action, fields = {}) => {
      const form = formOf(page, action);
      const target = new URL(form.getAttribute('action') ?? page.path, new URL(page.path, origin)).href;
      const multipart = form.getAttribute('enctype') === 'multipart/form-data';
      const values = { ...presentFields(form), ...fields };
      const body = multipart ? multipartOf(values) : urlEncoded(values);
      const type = multipart ? {} : { type: 'application/x-www-form-urlencoded' };
      return follow(target, await client.ask(target, { method: 'POST', body, ...type }));
    },
  };
};

/** The form to press; a test that looks for one that is not there is told which there are. */
const formOf = (page: Page, action: string): HTMLElement => {
  const forms = page.document.querySelectorAll('form');
  const found = forms.find((form) => pathOf(form.getAttribute('action') ?? page.path).endsWith(action));
  if (found) return found;
  const there = forms.map((form) => form.getAttribute('action')).join(', ');
  throw new Error(
    `No form ${action} on ${page.path} (${page.status}), only: ${there || 'none'}.\n${page.text.slice(0, 800)}`,
  );
};

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '');

/** What a browser would send of a form that nobody touched. */
const presentFields = (form: HTMLElement): Record<string, string | string[]> => {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of [...inputsOf(form), ...areasOf(form), ...selectsOf(form)]) {
    fields[name] = name in fields ? [fields[name] ?? [], value].flat() : value;
  }
  return fields;
};

type Field = [name: string, value: string];

const inputsOf = (form: HTMLElement): Field[] =>
  form.querySelectorAll('input[name]').flatMap((input): Field[] => {
    const type = input.getAttribute('type') ?? 'text';
    if (['submit', 'button', 'file'].includes(type)) return [];
    const ticks = ['checkbox', 'radio'].includes(type);
    if (ticks && !input.hasAttribute('checked')) return [];
    return [[nameOf(input), input.getAttribute('value') ?? (ticks ? 'on' : '')]];
  });

const areasOf = (form: HTMLElement): Field[] =>
  form.querySelectorAll('textarea[name]').map((area): Field => [nameOf(area), area.text]);

const selectsOf = (form: HTMLElement): Field[] =>
  form.querySelectorAll('select[name]').map((select): Field => {
    const chosen = select.querySelectorAll('option').find((option) => option.hasAttribute('selected'));
    return [nameOf(select), chosen?.getAttribute('value') ?? ''];
  });

const nameOf = (field: HTMLElement): string => field.getAttribute('name') ?? '';

const urlEncoded = (values: Fields): string => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Blob) throw new Error(`The form cannot carry the file ${name}.`);
    for (const each of [value].flat()) body.append(name, each);
  }
  return body.toString();
};

const multipartOf = (values: Fields): FormData => {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Blob) body.append(name, value, 'file');
    else for (const each of [value].flat()) body.append(name, each);
  }
  return body;
};

const textOf = (html: string): string =>
  parse(html)
    .textContent.replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
