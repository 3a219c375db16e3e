import { parse } from 'node:querystring';
import { bootstrapApp, createRuntime, type RunningApp, type Runtime } from '@stopcovid/runtime';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CarrierEmulatorModule, type MovableDay } from './carrier-emulator.module';
import type { CarrierEmulatorConfig } from './config';

/** Twilio's clients send forms. What is behind the first thousand fields is not read. */
const takeForms = (app: NestFastifyApplication): void => {
  app.useBodyParser('application/x-www-form-urlencoded', {}, (_request, body, done) =>
    done(null, parse(body.toString())),
  );
};

/** A crowd may be hundreds of thousands who are named by their places, some of them one by one. */
const bodyLimitBytes = 1_024 * 1_024;

/** The carrier on this machine. Its clock can be moved from the page where a day is given. */
export const startCarrierEmulator = (
  config: CarrierEmulatorConfig,
  runtime: Runtime = createRuntime('carrier-emulator', config),
  day?: MovableDay,
): Promise<RunningApp> =>
  bootstrapApp(CarrierEmulatorModule.with(config, runtime, day), {
    runtime,
    port: config.PORT,
    host: config.HOST,
    bodyLimitBytes,
    configure: takeForms,
  });
