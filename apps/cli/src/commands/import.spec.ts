import { expect, it } from 'vitest';
import { startAdmin } from '../../../../test/admin/start-admin.js';
import { commandLine, operatorOf } from '../../test/command-line.js';

const LITELLM = `
model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4.1-mini, api_key: os.environ/OPENAI_API_KEY, rpm: 100, weight: 2 }
  - model_name: gpt
    litellm_params: { model: azure/my-deployment, api_base: "https://acme.openai.azure.com/", api_key: os.environ/AZURE_KEY, api_version: "2024-10-21" }
  - model_name: claude
    litellm_params: { model: claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY }
    model_info: { input_cost_per_token: 0.000003, output_cost_per_token: 0.000015 }
  - model_name: local
    litellm_params: { model: openai/llama, api_base: "http://10.0.0.7:8000/v1", api_key: sk-written-out }
  - model_name: cloud
    litellm_params: { model: bedrock/converse/anthropic.claude-3-5-sonnet-20240620-v1:0, aws_region_name: eu-central-1, aws_access_key_id: os.environ/AWS_ID, aws_secret_access_key: os.environ/AWS_KEY }
  - model_name: "anthropic/*"
    litellm_params: { model: "anthropic/*" }
  - model_name: odd
    litellm_params: { model: nowhere/thing }
router_settings:
  routing_strategy: latency-based-routing
  num_retries: 2
  timeout: 30
  model_group_alias: { "gpt-4": gpt }
litellm_settings:
  fallbacks: [{ gpt: [claude] }]
general_settings: { master_key: sk-master-written-out }
`;

it('a LiteLLM configuration becomes one that apply takes: groups to routes, fallbacks to targets, keys to references', async () => {
  await using admin = await startAdmin();
  using cli = commandLine({
    ...(await operatorOf(admin)),
    ...{ OPENAI_API_KEY: 'sk-a', AZURE_KEY: 'k-b', ANTHROPIC_API_KEY: 'sk-c', OPENAI_COMPATIBLE_API_KEY: 'sk-d' },
    ...{ AWS_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY' },
  });
  cli.write('config.yaml', LITELLM);
  const imported = await cli.run('import', 'litellm', 'config.yaml', '-o', 'acme');
  expect(imported.exitCode).toBe(0);
  expect(imported.out).not.toContain('written-out');
  expect(imported.err).toMatch(/anthropic\/\*: patterns.*odd: the provider of "nowhere\/thing".*master_key/s);

  cli.write('acme.yaml', `${imported.out}\nname: Acme\n`);
  expect(await cli.run('apply', '-f', 'acme.yaml', '--yes')).toMatchObject({ exitCode: 0 });
  const { out } = await cli.run('export');
  for (const line of [
    'gpt-4.1-mini',
    'azure-openai',
    'claude-sonnet-4-5',
    'eu-central-1',
    'slug: gpt-4',
    'strategy: latency',
  ])
    expect(out).toContain(line);
  cli.write('acme.yaml', `${imported.out}\nname: Acme\n`);
  const again = await cli.run('diff', '-f', 'acme.yaml');
  expect(again.out).toContain('nothing to do');
});

it('a file that is not there is wrong usage', async () => {
  using cli = commandLine({});
  expect(await cli.run('import', 'litellm', 'no.yaml')).toMatchObject({ exitCode: 2 });
  expect(await cli.run('import', 'portkey')).toMatchObject({ exitCode: 2 });
});
