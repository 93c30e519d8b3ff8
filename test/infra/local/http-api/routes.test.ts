import { describe, expect, it } from 'vitest';
import { routeTable } from '#infra/local/http-api/routes.ts';

const keys = [
  '$default',
  'ANY /api/{proxy+}',
  'GET /openapi.json',
  'GET /rounds/{id}',
  'ANY /rounds/{id}',
  'GET /rounds/open',
];
const routeOf = (routeKey: string) => ({ routeKey, functionArn: '', timeoutMilliseconds: 30_000 });
const match = routeTable(keys.map(routeOf));
const keyFor = (method: string, path: string) => match(method, path)?.route.routeKey;

describe('the route that answers', () => {
  it.for([
    ['GET', '/', '$default'],
    ['GET', '/kk/rounds', '$default'],
    ['POST', '/api/rounds/1', 'ANY /api/{proxy+}'],
    ['GET', '/api', '$default'],
    ['GET', '/api/', '$default'],
    ['GET', '/openapi.json', 'GET /openapi.json'],
    ['POST', '/openapi.json', '$default'],
    ['GET', '/rounds/open', 'GET /rounds/open'],
    ['GET', '/rounds/7', 'GET /rounds/{id}'],
    ['PUT', '/rounds/7', 'ANY /rounds/{id}'],
    ['GET', '/rounds/7/more', '$default'],
  ] as const)('for %s %s is %s', ([method, path, routeKey]) => {
    expect(keyFor(method, path)).toBe(routeKey);
  });

  it.for([
    ['/pets/dog/1', 'GET /pets/dog/1'],
    ['/pets/dog/2', 'GET /pets/dog/{id}'],
    ['/pets/cat/1', 'GET /{kind}/{name}/1'],
    ['/pets/cat/2', 'GET /pets/{proxy+}'],
    ['/birds/owl/2', 'ANY /{proxy+}'],
  ] as const)('names all of %s where one does, before one that takes the rest: %s', ([path, routeKey]) => {
    const choose = routeTable(
      [
        'ANY /{proxy+}',
        'GET /pets/{proxy+}',
        'GET /{kind}/{name}/1',
        'GET /pets/dog/{id}',
        'GET /pets/dog/1',
      ].map(routeOf),
    );

    expect(choose('GET', path)?.route.routeKey).toBe(routeKey);
  });

  it('knows what its variables hold', () => {
    expect(match('GET', '/api/rounds/7')?.pathParameters).toEqual({ proxy: 'rounds/7' });
    expect(match('GET', '/rounds/7')?.pathParameters).toEqual({ id: '7' });
  });

  it('is none where nothing fits and there is no default', () => {
    const only = routeTable([{ routeKey: 'GET /a', functionArn: '', timeoutMilliseconds: 1 }]);

    expect(only('GET', '/b')).toBeUndefined();
  });
});
