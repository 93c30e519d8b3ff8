import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { acknowledge } from './acknowledge.ts';
import { logRetention } from './function.ts';
import type { Names } from './names.ts';
import type { RegionStack } from './stack.ts';

/**
 * Requests a second over the whole region, and how many may come at once. A call's last ten minutes bring some 2,000
 * submissions of a handful of requests each: 20 a second.
 */
const throttle = { rateLimit: 200, burstLimit: 400 };

/** The public address. Routes are added when the functions exist, which want to know the address first. */
export const publicApi = (stack: RegionStack, names: Names) => {
  const api = new HttpApi(stack, 'HttpApi', {
    apiName: names.prefix,
    description: `Pages and JSON API of ${names.prefix}.`,
    createDefaultStage: false,
  });
  api.addStage('Stage', {
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog(stack, names)),
      format: AccessLogFormat.custom(accessLogFormat),
    },
  });
  return { api, route: (web: IFunction, jsonApi: IFunction) => addRoutes(api, web, jsonApi) };
};

const addRoutes = (api: HttpApi, web: IFunction, jsonApi: IFunction): void => {
  const pages = new HttpLambdaIntegration('Pages', web);
  const json = new HttpLambdaIntegration('Json', jsonApi);
  const routes = [
    ...api.addRoutes({ path: '/api/{proxy+}', methods: [HttpMethod.ANY], integration: json }),
    ...api.addRoutes({ path: '/openapi.json', methods: [HttpMethod.GET], integration: json }),
    ...api.addRoutes({ path: '/schemas/{proxy+}', methods: [HttpMethod.GET], integration: json }),
    // Everything else, also the empty path.
    new HttpRoute(api, 'EverythingElse', {
      httpApi: api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: pages,
    }),
  ];
  for (const route of routes) {
    acknowledge(
      route,
      'AwsSolutions-APIG4',
      'Who may use a route is decided by the application: sessions and roles live in the persons table, and public pages have no visitor to authorize (DESIGN 3.4). A test walks every route with every role.',
    );
  }
};

const accessLog = (stack: RegionStack, names: Names): LogGroup =>
  new LogGroup(stack, 'AccessLog', {
    logGroupName: `/aws/vendedlogs/${names.prefix}/access`,
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** Neither address nor path nor browser: a path may hold a one-time link, and who asked is in the read log. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
});
