import { describe, expect, it } from 'vitest';
import { readConfig } from '#functions/config.ts';

describe('the environment of a function', () => {
  it('gives each variable in its own type', () => {
    const config = readConfig({
      REGION_CODE: 'KZ-19',
      PUBLIC_ORIGIN: 'https://irikteu.example/',
      SCANNING: 'off',
    });

    expect(config.need('REGION_CODE')).toBe('KZ-19');
    expect(config.need('PUBLIC_ORIGIN')).toBe('https://irikteu.example');
    expect(config.optional('BROWSER_S3_ENDPOINT')).toBeUndefined();
  });

  it('names a variable that this function was not given', () => {
    expect(() => readConfig({}).need('OUTBOX_FUNCTION')).toThrow('OUTBOX_FUNCTION is not set');
  });

  it('refuses to start with one that cannot be right, and names it', () => {
    expect(() => readConfig({ REGION_CODE: 'KZ-00', RECORDS_TABLE: '' })).toThrow(
      /REGION_CODE[\s\S]*RECORDS_TABLE|RECORDS_TABLE[\s\S]*REGION_CODE/,
    );
  });
});
