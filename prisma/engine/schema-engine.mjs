#!/usr/bin/env node
/**
 * A drop-in `schema-engine` for the Prisma CLI (named by PRISMA_SCHEMA_ENGINE_BINARY in prisma.config.ts): the native
 * engine's arguments and its JSON-RPC over stdin and stdout, run by the WebAssembly build of the same engine. Nothing is
 * downloaded, and migrations and checksums are the same. See docs/decisions/0002-prisma-without-native-engine.md.
 */
import { parseArguments } from './arguments.mjs';
import { runDatabaseCommand } from './database-command.mjs';
import { engineVersion } from './engine.mjs';
import { serve } from './rpc.mjs';

const invocation = parseArguments(process.argv.slice(2));

if (invocation.version) process.stdout.write(`schema-engine-wasm ${engineVersion()}\n`);
else if (invocation.command === 'cli')
  process.exitCode = await runDatabaseCommand(invocation.subcommand, invocation.datasource);
else await serve(invocation);
