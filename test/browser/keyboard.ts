import type { Page } from 'playwright-core';
import type { Translator } from '#shared/i18n/index.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { type Stop, stopOf } from './look.ts';

/** Somebody without a mouse: presses Tab, types, and sees where the focus is. */
export type Typist = {
  /** Every stop so far. */
  stops: Stop[];
  /** Tabs on to a link or a button of this name and presses Enter. @returns the stops on the way */
  go: (name: string) => Promise<Stop[]>;
  /** Fills what can be reached of a section, saves it, and is on the next page. @returns the fields in their order */
  fillSection: (typed: Readonly<Record<string, unknown>>) => Promise<string[]>;
  /** Tabs on to a field and opens or ticks it with the space bar. */
  tick: (field: string) => Promise<void>;
  /** Tabs on to a field and types into it. */
  write: (field: string, text: string) => Promise<void>;
};

/** More stops than any page has. */
const most = 200;

export const typistOn = (page: Page, t: Translator): Typist => {
  const stops: Stop[] = [];
  const next = async (): Promise<Stop> => {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    stops.push(stop);
    return stop;
  };
  const until = async (name: string, at: (stop: Stop) => Promise<void> = async () => {}): Promise<Stop[]> => {
    const passed: Stop[] = [];
    for (let presses = 0; presses < most; presses += 1) {
      const stop = await next();
      passed.push(stop);
      // What a button is about stands behind its word, for whoever cannot see the page.
      if (stop.name === name || stop.name.startsWith(`${name} `)) return passed;
      await at(stop);
    }
    throw new Error(`No way by Tab to ${name}: ${passed.map((stop) => stop.name).join(', ')}`);
  };
  const enter = async (): Promise<void> => {
    const answered = page.waitForEvent('load');
    await page.keyboard.press('Enter');
    await answered;
  };
  return {
    stops,
    go: async (name) => {
      const passed = await until(name);
      await enter();
      return passed;
    },
    fillSection: async (typed) => {
      const wanted = asPosted(typed);
      const filled: string[] = [];
      await until(t('common.saveAndContinue'), async ({ name }) => {
        const values = wanted[name];
        if (values === undefined) return;
        const before = filled.filter((one) => one === name).length;
        filled.push(name);
        await typeInto(page, [values].flat(), before);
      });
      await enter();
      return [...new Set(filled)];
    },
    tick: async (field) => {
      await until(field);
      await page.keyboard.press('Space');
    },
    write: async (field, text) => {
      await until(field);
      await page.keyboard.insertText(text);
    },
  };
};

type Control = { kind: string; value: string };

/** What has the focus; a text where it is nothing to choose from. */
const controlOf = (page: Page): Promise<Control> =>
  page.evaluate(() => {
    const control = document.activeElement;
    if (control instanceof HTMLInputElement) return { kind: control.type, value: control.value };
    if (control instanceof HTMLSelectElement) return { kind: 'select', value: control.value };
    return { kind: 'text', value: '' };
  });

/** Types what the control in focus wants. `before`: how many boxes of the same name came before it. */
const typeInto = async (page: Page, values: readonly string[], before: number): Promise<void> => {
  const { kind, value } = await controlOf(page);
  const right = values.includes(value);
  if (kind === 'checkbox' || (kind === 'radio' && right)) {
    if (right) await page.keyboard.press('Space');
  } else if (kind === 'radio' || kind === 'select') await choose(page, values);
  else {
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(values[before] ?? '');
  }
};

/** The arrows go through the options of a question. */
const choose = async (page: Page, values: readonly string[]): Promise<void> => {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('ArrowDown');
    if (values.includes((await controlOf(page)).value)) return;
  }
};
