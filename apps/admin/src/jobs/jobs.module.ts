import { Global, Module } from '@nestjs/common';
import { JobQueues } from './job-queues.js';

/** The way to the worker, for every resource that has it do something. */
@Global()
@Module({ providers: [JobQueues], exports: [JobQueues] })
export class JobsModule {}
