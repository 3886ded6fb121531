// Generated from the OpenAPI document of the admin API by `npm run openapi`.

export interface paths {
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MeController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `organizations:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["OrganizationsController_list"];
        put?: never;
        /** @description Needs `organizations:found`: operator. */
        post: operations["OrganizationsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `organizations:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["OrganizationsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `organizations:found`: operator. */
        delete: operations["OrganizationsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `organizations:write`: operator, owner. */
        patch: operations["OrganizationsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `audit-events:read`: operator, owner, admin, auditor. */
        get: operations["AuditEventsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/audit-events/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `audit-events:read`: operator, owner, admin, auditor. */
        get: operations["AuditEventsController_verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `budgets:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["BudgetsController_list"];
        put?: never;
        /** @description Needs `budgets:write`: operator, owner, admin, team-admin, finance. */
        post: operations["BudgetsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/budgets/{budget}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `budgets:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["BudgetsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `budgets:write`: operator, owner, admin, team-admin, finance. */
        delete: operations["BudgetsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `budgets:write`: operator, owner, admin, team-admin, finance. */
        patch: operations["BudgetsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/cache/invalidations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `cache:read`: operator, owner, admin, auditor. */
        get: operations["CacheController_list"];
        put?: never;
        /** @description Needs `cache:write`: operator, owner, admin. */
        post: operations["CacheController_invalidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["DeadLettersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `chargeback:write`: operator, owner, finance. */
        post: operations["DeadLettersController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/re-ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `chargeback:write`: operator, owner, finance. */
        post: operations["ReRatingsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ReconciliationsController_list"];
        put?: never;
        /** @description Needs `chargeback:write`: operator, owner, finance. */
        post: operations["ReconciliationsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/reconciliations/{reconciliation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ReconciliationsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/reconciliations/{reconciliation}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ReconciliationsController_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ChargebackController_list"];
        put?: never;
        /** @description Needs `chargeback:write`: operator, owner, finance. */
        post: operations["ChargebackController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/statements/{statement}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ChargebackController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/statements/{statement}.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `chargeback:read`: operator, owner, admin, finance, auditor. */
        get: operations["ChargebackController_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/chargeback/statements/{statement}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `chargeback:write`: operator, owner, finance. */
        post: operations["ChargebackController_adjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `exports:read`: operator, owner, admin, finance, auditor. */
        get: operations["ExportsController_list"];
        put?: never;
        /** @description Needs `exports:write`: operator, owner, admin, finance, auditor. */
        post: operations["ExportsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/exports/{export}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `exports:read`: operator, owner, admin, finance, auditor. */
        get: operations["ExportsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/exports/{export}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `exports:read`: operator, owner, admin, finance, auditor. */
        get: operations["ExportsController_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/guardrails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `guardrails:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["GuardrailsController_list"];
        put?: never;
        /** @description Needs `guardrails:write`: operator, owner, admin. */
        post: operations["GuardrailsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/guardrails/{guardrail}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `guardrails:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["GuardrailsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `guardrails:write`: operator, owner, admin. */
        delete: operations["GuardrailsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `guardrails:write`: operator, owner, admin. */
        patch: operations["GuardrailsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/guardrails/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `guardrails:read`: operator, owner, admin, team-admin, auditor, viewer. */
        post: operations["GuardrailsController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `identity-providers:read`: operator, owner, admin, auditor. */
        get: operations["IdentityProvidersController_list"];
        put?: never;
        /** @description Needs `identity-providers:write`: operator, owner. */
        post: operations["IdentityProvidersController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/identity-providers/{identityProvider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `identity-providers:read`: operator, owner, admin, auditor. */
        get: operations["IdentityProvidersController_get"];
        put?: never;
        post?: never;
        /** @description Needs `identity-providers:write`: operator, owner. */
        delete: operations["IdentityProvidersController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `identity-providers:write`: operator, owner. */
        patch: operations["IdentityProvidersController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `members:read`: operator, owner, admin, auditor. */
        get: operations["MembersController_list"];
        put?: never;
        /** @description Needs `members:write`: operator, owner, admin. */
        post: operations["MembersController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `members:read`: operator, owner, admin, auditor. */
        get: operations["MembersController_get"];
        put?: never;
        post?: never;
        /** @description Needs `members:write`: operator, owner, admin. */
        delete: operations["MembersController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `members:write`: operator, owner, admin. */
        patch: operations["MembersController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/members/{member}/one-time-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `members:write`: operator, owner, admin. */
        post: operations["MembersController_giveOneTimePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `models:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["ModelsController_list"];
        put?: never;
        /** @description Needs `models:write`: operator, owner, admin. */
        post: operations["ModelsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `models:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["ModelsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `models:write`: operator, owner, admin. */
        delete: operations["ModelsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `models:write`: operator, owner, admin. */
        patch: operations["ModelsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/provider-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `provider-credentials:read`: operator, owner, admin, auditor. */
        get: operations["ProviderCredentialsController_list"];
        put?: never;
        /** @description Needs `provider-credentials:write`: operator, owner, admin. */
        post: operations["ProviderCredentialsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/provider-credentials/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `provider-credentials:read`: operator, owner, admin, auditor. */
        get: operations["ProviderCredentialsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `provider-credentials:write`: operator, owner, admin. */
        delete: operations["ProviderCredentialsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `provider-credentials:write`: operator, owner, admin. */
        patch: operations["ProviderCredentialsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/provider-credentials/{credential}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `provider-credentials:write`: operator, owner, admin. */
        post: operations["ProviderCredentialsController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/rate-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `rate-limits:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["RateLimitsController_list"];
        put?: never;
        /** @description Needs `rate-limits:write`: operator, owner, admin, team-admin. */
        post: operations["RateLimitsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/rate-limits/{rateLimit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `rate-limits:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["RateLimitsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `rate-limits:write`: operator, owner, admin, team-admin. */
        delete: operations["RateLimitsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `rate-limits:write`: operator, owner, admin, team-admin. */
        patch: operations["RateLimitsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `requests:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["RequestsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/requests/{request}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `requests:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["RequestsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/requests/{request}/cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `requests:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["RequestsController_cost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/requests/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `requests:read`: operator, owner, admin, team-admin, auditor, viewer. */
        get: operations["LiveController_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/role-bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `role-bindings:read`: operator, owner, admin, auditor. */
        get: operations["RoleBindingsController_list"];
        put?: never;
        /** @description Needs `role-bindings:write`: operator, owner, admin. */
        post: operations["RoleBindingsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/role-bindings/{roleBinding}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `role-bindings:read`: operator, owner, admin, auditor. */
        get: operations["RoleBindingsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `role-bindings:write`: operator, owner, admin. */
        delete: operations["RoleBindingsController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `routes:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["RoutesController_list"];
        put?: never;
        /** @description Needs `routes:write`: operator, owner, admin. */
        post: operations["RoutesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/routes/{route}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `routes:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["RoutesController_get"];
        put?: never;
        post?: never;
        /** @description Needs `routes:write`: operator, owner, admin. */
        delete: operations["RoutesController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `routes:write`: operator, owner, admin. */
        patch: operations["RoutesController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/routes/{route}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `routes:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        post: operations["WhatIfController_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/routes/{route}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `routes:write`: operator, owner, admin. */
        post: operations["WhatIfController_simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `services:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["ServicesController_list"];
        put?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        post: operations["ServicesController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `services:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["ServicesController_get"];
        put?: never;
        post?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        delete: operations["ServicesController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        patch: operations["ServicesController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `services:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["CredentialsController_list"];
        put?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        post: operations["CredentialsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}/credentials/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        delete: operations["CredentialsController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}/decommission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        post: operations["ServicesController_decommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `services:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["KeysController_list"];
        put?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        post: operations["KeysController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/services/{service}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Needs `services:write`: operator, owner, admin, team-admin. */
        delete: operations["KeysController_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `settings:read`: operator, owner, admin, auditor. */
        get: operations["SettingsController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Needs `settings:write`: operator, owner, admin. */
        patch: operations["SettingsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `teams:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["TeamsController_list"];
        put?: never;
        /** @description Needs `teams:write`: operator, owner, admin, team-admin. */
        post: operations["TeamsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `teams:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["TeamsController_get"];
        put?: never;
        post?: never;
        /** @description Needs `teams:write`: operator, owner, admin, team-admin. */
        delete: operations["TeamsController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `teams:write`: operator, owner, admin, team-admin. */
        patch: operations["TeamsController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `usage:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["UsageController_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/usage/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `usage:read`: operator, owner, admin, team-admin, finance, auditor, viewer. */
        get: operations["UsageController_performance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `webhooks:read`: operator, owner, admin, auditor. */
        get: operations["WebhooksController_list"];
        put?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        post: operations["WebhooksController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `webhooks:read`: operator, owner, admin, auditor. */
        get: operations["WebhooksController_get"];
        put?: never;
        post?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        delete: operations["WebhooksController_remove"];
        options?: never;
        head?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        patch: operations["WebhooksController_update"];
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `webhooks:read`: operator, owner, admin, auditor. */
        get: operations["DeliveriesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}/deliveries/{delivery}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Needs `webhooks:read`: operator, owner, admin, auditor. */
        get: operations["DeliveriesController_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        post: operations["DeliveriesController_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        post: operations["WebhooksController_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organization}/webhooks/{webhook}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Needs `webhooks:write`: operator, owner, admin. */
        post: operations["DeliveriesController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ActsForBody: {
            /**
             * @description Members who are signed in to the console
             * @default false
             */
            members?: boolean;
            /** @description Other services: slugs or ids */
            services?: string[];
            /** @description Users of identity providers, by what their tokens say; the audience is the one that tokens for this service have */
            users?: components["schemas"]["UserRuleBody"][];
        };
        AdjustmentAnswer: {
            /** @description USD, signed */
            amount: string;
            costCenter: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            reason: string;
            service: string | null;
            /** Format: uuid */
            statement: string;
            team: string;
        };
        AnnouncedEventAnswer: {
            /** Format: date-time */
            at: string;
            data: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description The `webhook-id` that it is sent under
             */
            id: string;
            /** @enum {string} */
            type: "budget.threshold" | "credential.expiring" | "model.breaker_open" | "audit.anchor" | "ingest.dead_letter" | "ledger.difference" | "webhook.test";
        };
        AttemptAnswer: {
            /** @description Slug of the model tried */
            model: string;
            ms: number;
            /** @description `ok`, or the error code that ended it */
            outcome: string;
            /** @description When it began: milliseconds after the call arrived */
            startMs: number | null;
        };
        AuditEventAnswer: {
            /** @example budget.updated */
            action: string;
            /** @description kind, id and name of who acted */
            actor: {
                [key: string]: unknown;
            };
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            /** @description Version of the bytes that were hashed */
            format: number;
            /** @description ip, userAgent and requestId */
            from: {
                [key: string]: unknown;
            };
            /** @description SHA-256 of the canonical bytes, hex */
            hash: string;
            previousHash: string;
            /** @description kind, id and slug of what was changed */
            resource: {
                [key: string]: unknown;
            };
            /** @description Place in the chain of the organization, from 1, without gaps */
            sequence: number;
        };
        BreakAnswer: {
            /** @example changed */
            reason: string;
            sequence: number;
        };
        BudgetStateAnswer: {
            alertsAt: number[];
            /** @description USD */
            amount: string;
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            enforcement: "hard" | "soft";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            period: "day" | "week" | "month" | "quarter" | "year" | "total";
            /** @description USD; below zero for a soft budget overdrawn */
            remaining: string | null;
            /** @description USD, held for running calls */
            reserved: string | null;
            /**
             * Format: date-time
             * @description When the period ends; null = never
             */
            resetsAt: string | null;
            scope: components["schemas"]["ScopeBody"];
            slug: string;
            /** @description USD, booked in this period */
            spent: string | null;
            timezone: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CacheBody: {
            /**
             * @description Larger answers are not kept, bytes when compressed
             * @default 1048576
             */
            maxBytes?: number;
            /**
             * @description What an answer from the cache is booked at, percent of what the model would cost
             * @default 0
             */
            pricePercent?: number;
            /**
             * @description Whose calls share answers; with `user`, calls without an end user are not cached
             * @default service
             * @enum {string}
             */
            scope?: "organization" | "team" | "service" | "agent" | "user";
            /** @description Also answers questions that say the same in other words. Null = no */
            semantic?: components["schemas"]["SemanticBody"] | null;
            /**
             * @description Calls with a higher temperature are not cached
             * @default 1
             */
            temperatureMax?: number;
            ttlSeconds: number;
            /**
             * @description How long a call waits for the answer to the same question that another one is getting, ms; 0 = not at all
             * @default 30000
             */
            waitMs?: number;
        };
        CandidateAnswer: {
            /** @description USD for the estimated input and the longest answer, which the strategy `cost` compares; null = no price */
            estimatedCostUsd: string | null;
            health: components["schemas"]["ModelHealthAnswer"];
            /** @description Slug */
            model: string;
            priority: number;
            provider: string;
            region: string | null;
            /** @description The target’s, times its provider credential’s */
            weight: number;
        };
        CostLineAnswer: {
            /** @description USD */
            costUsd: string;
            /**
             * @description Kind of token; kinds do not overlap
             * @example cacheRead
             */
            kind: string;
            /** @description USD */
            perMillion: string;
            tokens: number;
        };
        CreateAdjustment: {
            /**
             * @description USD, signed: negative is a credit
             * @example -12.50
             */
            amount: string;
            /** @example Credit for the outage of 3 November */
            reason: string;
            /** @description Slug of a service; absent = the team as a whole */
            service?: string | null;
            /** @description Slug of a team, or of one that the statement names */
            team: string;
        };
        CreateBudget: {
            /**
             * @description Shares of the amount at which to tell
             * @default []
             * @example [
             *       0.5,
             *       0.8,
             *       1
             *     ]
             */
            alertsAt?: number[];
            /**
             * @description USD
             * @example 500.00
             */
            amount: string;
            /**
             * @description hard refuses calls, soft only tells
             * @default hard
             * @enum {string}
             */
            enforcement?: "hard" | "soft";
            /** @enum {string} */
            period: "day" | "week" | "month" | "quarter" | "year" | "total";
            /**
             * @description Empty = the whole organization
             * @example {
             *       "team": "search"
             *     }
             */
            scope: components["schemas"]["ScopeBody"];
            /** @example search-monthly */
            slug: string;
            /**
             * @description IANA name; periods begin at its midnight
             * @default UTC
             * @example Europe/Berlin
             */
            timezone?: string;
        };
        CreateCredential: {
            /**
             * Format: date-time
             * @description Valid until; left out: until deleted
             */
            expiresAt?: string;
            /** @description Public keys (RFC 7517) for private_key_jwt; without them a secret is made */
            jwks?: {
                [key: string]: unknown;
            };
            /**
             * @description Left out: jwks when keys are given, else secret
             * @enum {string}
             */
            kind?: "secret" | "jwks";
        };
        CreatedCredentialAnswer: {
            clientId: string;
            /** @description Shown this once; absent for keys */
            clientSecret?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** @description Last characters of the secret */
            hint: string | null;
            /** Format: uuid */
            id: string;
            jwks: {
                [key: string]: unknown;
            } | null;
            /** @enum {string} */
            kind: "secret" | "jwks";
            /** Format: date-time */
            lastUsedAt: string | null;
        };
        CreatedKeyAnswer: {
            allowedModels: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            ipRanges: string[];
            /** @description Shown this once */
            key: string;
            /**
             * Format: date-time
             * @description Exact to a minute; null: never
             */
            lastUsedAt: string | null;
            name: string;
            /** @description First characters of the key */
            prefix: string;
        };
        CreatedMemberAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: email */
            email: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastSignInAt: string | null;
            name: string;
            /** @description Shown this once; to be changed at the first sign-in */
            oneTimePassword: string;
            /** @description Given and taken as role bindings */
            roles: components["schemas"]["MemberRole"][];
            /**
             * @description How the member signs in next
             * @enum {string}
             */
            signsInWith: "password" | "one-time-password" | "identity-provider";
            /** Format: date-time */
            updatedAt: string;
        };
        CreatedServiceAnswer: {
            actsFor: components["schemas"]["ActsForBody"] | null;
            allowedModels: string[];
            /** @description For the token endpoint */
            clientId: string;
            /** @description Shown this once */
            clientSecret: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description From then on it makes no calls and gets no tokens
             */
            decommissionedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "service" | "agent";
            metadata: {
                [key: string]: unknown;
            };
            name: string;
            requireDpop: boolean;
            slug: string;
            /** @description Slug */
            team: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CreateExport: {
            /** @enum {string} */
            format: "csv" | "jsonl";
            /**
             * Format: date-time
             * @description From this moment on
             */
            from: string;
            /**
             * @description The log of calls, sums per hour, or the audit trail
             * @enum {string}
             */
            kind: "requests" | "usage" | "audit";
            /**
             * Format: date-time
             * @description Exclusive
             */
            to: string;
        };
        CreateGuardrail: {
            /** @enum {string} */
            applyTo: "input" | "output" | "both";
            /**
             * @description Each with the options of its type
             * @example [
             *       {
             *         "type": "secrets",
             *         "action": "block"
             *       }
             *     ]
             */
            checks: ({
                /** @enum {string} */
                action: "block" | "redact" | "flag";
                /** @enum {string} */
                onError?: "block" | "allow";
                reversible?: boolean;
                /** @enum {string} */
                type: "secrets" | "pii" | "prompt-injection" | "deny-list" | "topics" | "regex" | "exfiltration" | "json-schema" | "size" | "language" | "moderation" | "azure-content-safety" | "lakera" | "classifier" | "presidio" | "webhook";
            } & {
                [key: string]: unknown;
            })[];
            /**
             * @description `dry-run`: what is found is recorded, and nothing is done about it
             * @default enforce
             * @enum {string}
             */
            mode?: "enforce" | "dry-run";
            scope?: components["schemas"]["GuardrailScopeBody"];
            /** @example no-secrets */
            slug: string;
        };
        CreateIdentityProvider: {
            /**
             * @description Its keys are found through {issuer}/.well-known/openid-configuration
             * @example https://login.acme.example/realms/acme
             */
            issuer: string;
            /**
             * @description As people see it when they sign in
             * @example Acme Login
             */
            name: string;
            /** @description Whose tokens open the gateway */
            services?: components["schemas"]["ServiceRuleBody"][];
            /** @description How people sign in through it; null: they do not */
            signIn?: components["schemas"]["SignInBody"] | null;
            /** @example corporate */
            slug: string;
        };
        CreateKey: {
            /** @description What the key may call of what its service may; left out or empty: all of it. As `allowedModels` of a service */
            allowedModels?: string[];
            /**
             * Format: date-time
             * @description Valid until; left out: until deleted
             */
            expiresAt?: string;
            /**
             * @description Where calls may come from; left out or empty: anywhere
             * @example [
             *       "10.1.0.0/16"
             *     ]
             */
            ipRanges?: string[];
            /** @example notebook of the data team */
            name: string;
        };
        CreateMember: {
            /**
             * Format: email
             * @example ada@acme.example
             */
            email: string;
            /** @example Ada Lovelace */
            name: string;
        };
        CreateModel: {
            capabilities?: components["schemas"]["ModelCapabilitiesBody"];
            /**
             * @description Provider credential, by slug or id; of the same provider
             * @example openai-main
             */
            credential: string;
            limits?: components["schemas"]["ModelLimitsBody"];
            /**
             * @description As the provider calls it
             * @example gpt-5
             */
            model: string;
            /** @description USD; null = the catalogue’s */
            prices?: components["schemas"]["ModelPricesBody"] | null;
            /** @description Prices that begin later; each holds until the next begins */
            priceSchedule?: components["schemas"]["ScheduledPricesBody"][];
            /**
             * @example openai
             * @enum {string}
             */
            provider: "openai" | "mistral" | "groq" | "together" | "fireworks" | "deepseek" | "xai" | "perplexity" | "openrouter" | "cerebras" | "moonshot" | "jina" | "ollama" | "vllm" | "openai-compatible" | "anthropic" | "gemini" | "azure-openai" | "vertex" | "bedrock" | "cohere" | "azure-content-safety" | "lakera";
            /** @example eu */
            region?: string | null;
            /** @example gpt-5-eu */
            slug: string;
        };
        CreateOrganization: {
            /** @example Acme Inc. */
            name: string;
            /**
             * @description Regions that no call may leave, whatever its route says; empty = anywhere
             * @example [
             *       "eu"
             *     ]
             */
            residency?: string[];
            /** @example acme */
            slug: string;
        };
        CreateProviderCredential: {
            /**
             * @description Where the provider is; null = the provider's own
             * @example https://api.openai.com/v1
             */
            baseUrl?: string | null;
            /**
             * @example openai
             * @enum {string}
             */
            provider: "openai" | "mistral" | "groq" | "together" | "fireworks" | "deepseek" | "xai" | "perplexity" | "openrouter" | "cerebras" | "moonshot" | "jina" | "ollama" | "vllm" | "openai-compatible" | "anthropic" | "gemini" | "azure-openai" | "vertex" | "bedrock" | "cohere" | "azure-content-safety" | "lakera";
            /** @example eu-central-1 */
            region?: string | null;
            /** @description A key, or the object that the provider wants (see the providers guide). Write-only: never answered */
            secret: string | {
                [key: string]: unknown;
            };
            /** @example openai-main */
            slug: string;
            /**
             * @description Share among credentials of the same provider
             * @default 1
             */
            weight?: number;
        };
        CreateRateLimit: {
            /** @description Calls at once */
            maxConcurrency?: number | null;
            requestsPerMinute?: number | null;
            /**
             * @description Empty = the whole organization
             * @example {
             *       "team": "search",
             *       "user": "*"
             *     }
             */
            scope: components["schemas"]["ScopeBody"];
            tokensPerMinute?: number | null;
        };
        CreateReRating: {
            /** @description Model, by slug or id, whose prices have been corrected */
            model: string;
            /**
             * @description A month, UTC
             * @example 2026-11
             */
            period: string;
            /**
             * @description Only say what would be adjusted
             * @default false
             */
            preview?: boolean;
        };
        CreateRoleBinding: {
            /** @description Id of a member */
            member: string;
            /** @enum {string} */
            role: "owner" | "admin" | "team-admin" | "finance" | "auditor" | "viewer";
            /** @description Slug or id: the role counts in this team and those below it only. Not for owner and admin */
            team?: string;
        };
        CreateRoute: {
            /** @description Null = no cache */
            cache?: components["schemas"]["CacheBody"] | null;
            /** @description A second attempt on the next target when the first content is late; both are paid */
            hedge?: components["schemas"]["HedgeBody"] | null;
            /**
             * @description When a stream breaks after content has gone out: say so, or let the next target continue the text
             * @default error
             * @enum {string}
             */
            midStream?: "error" | "resume";
            /**
             * @description When a call might cost more than a hard budget has left: refuse it, or lower its limit on output tokens
             * @default refuse
             * @enum {string}
             */
            onBudget?: "refuse" | "clamp";
            /**
             * @description Regions it may not leave; empty = anywhere
             * @example [
             *       "eu"
             *     ]
             */
            residency?: string[];
            retry?: components["schemas"]["RetryBody"];
            /** @description The first that holds replaces the targets */
            rules?: components["schemas"]["RuleBody"][];
            shadow?: components["schemas"]["ShadowBody"] | null;
            /**
             * @description What applications put in `model`
             * @example chat
             */
            slug: string;
            /** @enum {string|null} */
            stickiness?: "session" | "user" | null;
            /**
             * @default priority
             * @enum {string}
             */
            strategy?: "priority" | "weighted" | "cost" | "latency" | "least-busy";
            /**
             * @description Only models that can be told every parameter of a call may take it; if none can, the call is refused. Else the answer lists what was left out
             * @default false
             */
            strict?: boolean;
            targets: components["schemas"]["TargetBody"][];
            /** @description For the whole call */
            timeoutMs?: number | null;
            /** @description For parts of each attempt */
            timeouts?: components["schemas"]["TimeoutsBody"];
            /**
             * @description What becomes of calls to a model without a known price; null = as the settings say
             * @enum {string|null}
             */
            unknownPrices?: "refuse" | "book-zero" | null;
        };
        CreateService: {
            /** @description On whose behalf it may act, see docs/guides/agents.md; null or left out: nobody’s */
            actsFor?: components["schemas"]["ActsForBody"] | null;
            /**
             * @description Route names or `provider/model` patterns; `*` stands for any run of characters
             * @default [
             *       "*"
             *     ]
             */
            allowedModels?: string[];
            /**
             * @default service
             * @enum {string}
             */
            kind?: "service" | "agent";
            /** @description Yours; at most 8 KB as JSON */
            metadata?: {
                [key: string]: unknown;
            };
            /** @example Checkout */
            name: string;
            /**
             * @description Only access tokens that are bound to a key (DPoP, RFC 9449) open the gateway for it
             * @default false
             */
            requireDpop?: boolean;
            /** @example checkout */
            slug: string;
            /**
             * @description Slug or id
             * @example engineering
             */
            team: string;
        };
        CreateStatement: {
            /**
             * @description A month, UTC
             * @example 2026-11
             */
            period: string;
            /**
             * @description Compute the lines as of now, and leave the statement open
             * @default false
             */
            preview?: boolean;
        };
        CreateTeam: {
            /**
             * @description Booked to in chargeback
             * @example CC-4711
             */
            costCenter?: string | null;
            /** @example Engineering */
            name: string;
            /** @description Team above, by slug or id: its limits and budgets bind this one too */
            parent?: string | null;
            /** @example engineering */
            slug: string;
        };
        CreateWebhook: {
            /**
             * @description A disabled webhook is told of nothing that happens meanwhile
             * @default true
             */
            enabled?: boolean;
            /**
             * @description `budget.threshold`: A budget has reached a share of its amount: once per share, subject and period. `credential.expiring`: A secret, key set or gateway key of a service ends within the next seven days. `model.breaker_open`: Gateways have stopped to ask a model that fails. `audit.anchor`: Where the audit trail ends was signed. `ingest.dead_letter`: A usage event cannot be recorded and was put aside. `ledger.difference`: A rollup was found to differ from its records
             * @example [
             *       "budget.threshold"
             *     ]
             */
            events: ("budget.threshold" | "credential.expiring" | "model.breaker_open" | "audit.anchor" | "ingest.dead_letter" | "ledger.difference")[];
            /** @example finance-alerts */
            slug: string;
            /**
             * @description An https URL that takes POST; on a private network only where the operator allows it
             * @example https://hooks.example.com/tollgate
             */
            url: string;
        };
        CredentialAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** @description Last characters of the secret */
            hint: string | null;
            /** Format: uuid */
            id: string;
            jwks: {
                [key: string]: unknown;
            } | null;
            /** @enum {string} */
            kind: "secret" | "jwks";
            /** Format: date-time */
            lastUsedAt: string | null;
        };
        DeadLetterAnswer: {
            /** Format: date-time */
            buriedAt: string;
            /** @description The event as it came */
            event: string;
            /** @description Of the entry in the stream of usage events */
            id: string;
            /** @description Why it could not be recorded */
            reason: string;
        };
        DeadLettersAnswer: {
            /** @description How many there are */
            count: number;
            /** @description The first 1,000, in no order */
            data: components["schemas"]["DeadLetterAnswer"][];
        };
        DeliveryAnswer: {
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            event: components["schemas"]["AnnouncedEventAnswer"];
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @description What was wrong with the last attempt */
            lastError: string | null;
            /** @description HTTP status of the last answer; null when none came */
            lastStatus: number | null;
            /**
             * Format: date-time
             * @description At the latest
             */
            nextAttemptAt: string | null;
            /** @enum {string} */
            status: "waiting" | "delivered" | "failed";
        };
        ExplainAnswer: {
            /** @description In the order of the strategy. What is decided by lot stands by weight; what is busy is not known here */
            candidates: components["schemas"]["CandidateAnswer"][];
            estimatedInputTokens: number;
            fallen: components["schemas"]["FallenAnswer"][];
            /** @description What the caller would be told; null = an answer */
            refusal: components["schemas"]["RefusalAnswer"] | null;
            /** @description Place of the rule that decided, from 0; null = none held */
            rule: number | null;
            strategy: string;
        };
        ExplainRoute: {
            agent?: string;
            /**
             * Format: date-time
             * @description For rules by the time of day; left out: now
             */
            at?: string;
            /**
             * @description A request of that surface; its `model` may be left out
             * @example {
             *       "messages": [
             *         {
             *           "role": "user",
             *           "content": "Hello"
             *         }
             *       ]
             *     }
             */
            request: {
                [key: string]: unknown;
            };
            /** @description Members of a route, as in an update: what it would be with them. Left out: as it is */
            route?: components["schemas"]["UpdateRoute"];
            /** @description Who calls; either this or `team` */
            service?: string;
            session?: string;
            /**
             * @default openai-chat
             * @enum {string}
             */
            surface?: "openai-chat" | "openai-completions" | "openai-responses" | "anthropic-messages" | "gemini" | "bedrock-converse" | "cohere-chat";
            /**
             * @example {
             *       "task": "summarize"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /** @description Any service of this team */
            team?: string;
            /** @description Left out: as the request says */
            user?: string;
        };
        ExportAnswer: {
            bytes: number;
            /** Format: date-time */
            createdAt: string;
            /** @description Where the file is, once it is done */
            download: string | null;
            error: string | null;
            /**
             * Format: date-time
             * @description When the file is deleted
             */
            expiresAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @enum {string} */
            format: "csv" | "jsonl";
            /** Format: date-time */
            from: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "requests" | "usage" | "audit";
            /** @description How much of the time asked for has been written, per cent */
            progress: number;
            rows: number;
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed" | "expired";
            /** Format: date-time */
            to: string;
        };
        FallenAnswer: {
            /** @description Slug */
            model: string;
            /** @description What a model of a strict route would not be told, as the request has it */
            params?: string[];
            /** @description missing, operation, residency, context-window, the capability that it lacks, or parameters: see `params` */
            why: string;
        };
        FieldAnswer: {
            /**
             * @description Path of the field, dotted
             * @example targets.0.model
             */
            field: string;
            message: string;
        };
        FindingAnswer: {
            /** @enum {string} */
            action: "flag" | "redact" | "block";
            /** @description Where, never what: `input` or `output` and the part of the message */
            at: string;
            check: string;
            /** @description 0–1 */
            confidence: number;
            /** @description The guardrail is in dry-run: the action was not taken */
            dryRun?: boolean;
            guardrail: string;
            rule: string;
        };
        GuardrailAnswer: {
            /** @enum {string} */
            applyTo: "input" | "output" | "both";
            checks: ({
                /** @enum {string} */
                action: "block" | "redact" | "flag";
                /** @enum {string} */
                onError?: "block" | "allow";
                reversible?: boolean;
                /** @enum {string} */
                type: "secrets" | "pii" | "prompt-injection" | "deny-list" | "topics" | "regex" | "exfiltration" | "json-schema" | "size" | "language" | "moderation" | "azure-content-safety" | "lakera" | "classifier" | "presidio" | "webhook";
            } & {
                [key: string]: unknown;
            })[];
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "enforce" | "dry-run";
            scope: components["schemas"]["GuardrailScopeBody"];
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        GuardrailScopeBody: {
            /** @description Slug or id */
            route?: string;
            /** @description Slug or id */
            service?: string;
            /** @description Slug or id */
            team?: string;
        };
        HedgeBody: {
            /** @description Left out: the model’s 95th percentile of the time to first token */
            afterMs?: number;
        };
        HeldPermission: {
            /** @enum {string} */
            permission: "organizations:read" | "organizations:write" | "organizations:found" | "members:read" | "members:write" | "role-bindings:read" | "role-bindings:write" | "owners:write" | "identity-providers:read" | "identity-providers:write" | "teams:read" | "teams:write" | "services:read" | "services:write" | "provider-credentials:read" | "provider-credentials:write" | "models:read" | "models:write" | "routes:read" | "routes:write" | "cache:read" | "cache:write" | "rate-limits:read" | "rate-limits:write" | "budgets:read" | "budgets:write" | "guardrails:read" | "guardrails:write" | "requests:read" | "usage:read" | "chargeback:read" | "chargeback:write" | "exports:read" | "exports:write" | "audit-events:read" | "webhooks:read" | "webhooks:write" | "settings:read" | "settings:write";
            /** @description Ids of the teams where it counts, and in those below them; null: everywhere in the organization */
            teams: string[] | null;
        };
        IdentityProviderAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            issuer: string;
            /** @description Ids of its public keys that count now */
            keyIds: string[];
            /** @description Why they could not be read since; the last ones count on */
            keysError: string | null;
            /**
             * Format: date-time
             * @description When they were last read
             */
            keysReadAt: string | null;
            name: string;
            services: components["schemas"]["ServiceRuleBody"][];
            signIn: components["schemas"]["SignInAnswer"] | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        InvalidateCache: {
            /**
             * @description Which answers: all, those of a route, or those of calls with a tag
             * @enum {string}
             */
            kind: "organization" | "route" | "tag";
            /** @description Slug or id of the route, or `key=value` of the tag */
            name?: string;
        };
        InvalidationAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "organization" | "route" | "tag";
            /** @description Slug of the route, or `key=value` of the tag */
            name: string | null;
            /** @description Of the configuration that says so: gateways follow within a second */
            version: number;
        };
        KeyAnswer: {
            allowedModels: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            ipRanges: string[];
            /**
             * Format: date-time
             * @description Exact to a minute; null: never
             */
            lastUsedAt: string | null;
            name: string;
            /** @description First characters of the key */
            prefix: string;
        };
        LiveBatch: {
            /** @description Exact decimal */
            costUsd: string;
            /** @description Answered with a status of 400 or more */
            errors: number;
            inputTokens: number;
            /** @description Newest first, at most 50 */
            newest: components["schemas"]["LiveRequest"][];
            outputTokens: number;
            requests: number;
        };
        LiveRequest: {
            agent: string | null;
            /**
             * Format: date-time
             * @description When it arrived
             */
            at: string;
            /** @enum {string} */
            cache: "hit" | "semantic-hit" | "miss" | "bypass";
            /** @description Exact decimal */
            costUsd: string;
            /** @description Error code */
            error: string | null;
            firstTokenMs: number | null;
            /**
             * Format: uuid
             * @description The call id
             */
            id: string;
            latencyMs: number;
            /** @description Slug of the model that answered */
            model: string | null;
            provider: string | null;
            /** @description What the client sent as `model` */
            requestedModel: string;
            route: string | null;
            service: string;
            /** @description HTTP status answered; 499 when the client left */
            status: number;
            team: string;
        };
        MarkupBody: {
            /** @example Internal margin */
            name: string;
            /**
             * @description Of what the team used; negative is a discount
             * @example -7.5
             */
            percent: string;
            /** @description Slug of a team, or * for each */
            team: string;
        };
        MeAnswer: {
            /**
             * @description Where services reach the gateway
             * @example http://localhost:8080
             */
            gatewayUrl: string;
            /** @description Of the member, or the client id of an operator */
            id: string;
            /** @enum {string} */
            kind: "operator" | "member";
            /** @description Email of the member, or the client id of an operator */
            name: string;
            /** @description Slug; null for operators, who belong to none */
            organization: string | null;
            permissions: components["schemas"]["HeldPermission"][];
        };
        MeasuredAnswer: {
            cachedInputTokens: number | null;
            cacheWriteTokens: number | null;
            costUsd: string | null;
            inputTokens: number | null;
            outputTokens: number | null;
            requests: number | null;
        };
        MemberAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: email */
            email: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastSignInAt: string | null;
            name: string;
            /** @description Given and taken as role bindings */
            roles: components["schemas"]["MemberRole"][];
            /**
             * @description How the member signs in next
             * @enum {string}
             */
            signsInWith: "password" | "one-time-password" | "identity-provider";
            /** Format: date-time */
            updatedAt: string;
        };
        MemberRole: {
            /** @enum {string} */
            role: "owner" | "admin" | "team-admin" | "finance" | "auditor" | "viewer";
            /** @description Slug of the team it is for; null: the organization */
            team: string | null;
        };
        ModelAnswer: {
            capabilities: components["schemas"]["ModelCapabilitiesBody"];
            /** Format: date-time */
            createdAt: string;
            /** @description Slug */
            credential: string;
            /** Format: uuid */
            id: string;
            limits: components["schemas"]["ModelLimitsBody"];
            model: string;
            /** @description Null = the catalogue’s */
            prices: components["schemas"]["ModelPricesBody"] | null;
            priceSchedule: components["schemas"]["ScheduledPricesBody"][];
            /** @enum {string} */
            provider: "openai" | "mistral" | "groq" | "together" | "fireworks" | "deepseek" | "xai" | "perplexity" | "openrouter" | "cerebras" | "moonshot" | "jina" | "ollama" | "vllm" | "openai-compatible" | "anthropic" | "gemini" | "azure-openai" | "vertex" | "bedrock" | "cohere" | "azure-content-safety" | "lakera";
            region: string | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ModelCapabilitiesBody: {
            audio?: boolean;
            jsonSchema?: boolean;
            reasoning?: boolean;
            tools?: boolean;
            vision?: boolean;
        };
        ModelHealthAnswer: {
            /** @description Average time to first token */
            firstTokenMs: number | null;
            /** @description How many gateways have seen it */
            gateways: number;
            /**
             * @description The worst that a gateway sees
             * @enum {string}
             */
            state: "closed" | "half-open" | "resting" | "open" | "unknown";
            /**
             * Format: date-time
             * @description When it will be asked again; null = now
             */
            until: string | null;
        };
        ModelLimitsBody: {
            contextTokens?: number;
            maxOutputTokens?: number;
        };
        ModelPricesBody: {
            /** @description Absent: as input */
            audioInputPerMillion?: string;
            /** @description Absent: as output */
            audioOutputPerMillion?: string;
            cachedInputPerMillion?: string;
            /** @description Absent: as any cache write */
            cacheWrite1hPerMillion?: string;
            cacheWritePerMillion?: string;
            /** @example 2.50 */
            inputPerMillion: string;
            /** @example 10.00 */
            outputPerMillion: string;
            perRequest?: string;
            /**
             * @description For each call of one of the provider’s own tools
             * @example {
             *       "web_search": "0.01"
             *     }
             */
            perTool?: {
                [key: string]: string;
            };
            /** @description Absent: as output */
            reasoningPerMillion?: string;
            /** @description Of calls that the provider bills in another tier */
            serviceTiers?: components["schemas"]["ServiceTiersBody"];
        };
        ModelStateAnswer: {
            capabilities: components["schemas"]["ModelCapabilitiesBody"];
            /** Format: date-time */
            createdAt: string;
            /** @description Slug */
            credential: string;
            health: components["schemas"]["ModelHealthAnswer"];
            /** Format: uuid */
            id: string;
            limits: components["schemas"]["ModelLimitsBody"];
            model: string;
            /** @description Null = the catalogue’s */
            prices: components["schemas"]["ModelPricesBody"] | null;
            priceSchedule: components["schemas"]["ScheduledPricesBody"][];
            /** @enum {string} */
            provider: "openai" | "mistral" | "groq" | "together" | "fireworks" | "deepseek" | "xai" | "perplexity" | "openrouter" | "cerebras" | "moonshot" | "jina" | "ollama" | "vllm" | "openai-compatible" | "anthropic" | "gemini" | "azure-openai" | "vertex" | "bedrock" | "cohere" | "azure-content-safety" | "lakera";
            region: string | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        OrganizationAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            residency: string[];
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        PerformanceRow: {
            /**
             * Format: date-time
             * @description Beginning of the interval, UTC
             */
            at: string | null;
            /** @description Requests answered by the cache */
            cacheHits: number;
            /** @description Requests answered with a status of 400 or more */
            errors: number;
            /** @description Of streamed calls */
            firstTokenMsP50: number | null;
            firstTokenMsP95: number | null;
            /** @description Half of the calls were answered within it */
            latencyMsP50: number | null;
            latencyMsP95: number | null;
            requests: number;
        };
        ProbeAnswer: {
            latencyMs: number;
            message: string;
            ok: boolean;
            /** @description HTTP status; null when none arrived */
            status: number | null;
        };
        ProblemAnswer: {
            /**
             * @description For programs: stable
             * @example not_found
             */
            code: string;
            /** @description For people */
            detail: string;
            errors?: components["schemas"]["FieldAnswer"][];
            /**
             * @description Path of the request
             * @example /api/v1/organizations/acme
             */
            instance: string;
            /** @example 404 */
            status: number;
            /** @example Not found */
            title: string;
            /** @example urn:tollgate:error:not_found */
            type: string;
        };
        ProviderCredentialAnswer: {
            baseUrl: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Last characters of the secret; empty when it is too short to show any */
            hint: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            provider: "openai" | "mistral" | "groq" | "together" | "fireworks" | "deepseek" | "xai" | "perplexity" | "openrouter" | "cerebras" | "moonshot" | "jina" | "ollama" | "vllm" | "openai-compatible" | "anthropic" | "gemini" | "azure-openai" | "vertex" | "bedrock" | "cohere" | "azure-content-safety" | "lakera";
            region: string | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
            weight: number;
        };
        RateLimitAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            maxConcurrency: number | null;
            requestsPerMinute: number | null;
            scope: components["schemas"]["ScopeBody"];
            tokensPerMinute: number | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ReconciliationAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** @description Why the file could not be read */
            error: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description First day of the export */
            from: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "openai-usage" | "openai-costs" | "anthropic-usage" | "anthropic-costs" | "generic";
            /** @description How much of the file has been read, per cent */
            progress: number;
            provider: string;
            rows: number;
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
            /** @description Lines by outcome and likely cause */
            summary: components["schemas"]["ReconciliationPart"][];
            /** @description Last day of the export */
            to: string | null;
        };
        ReconciliationLineAnswer: {
            cause: string | null;
            credential: string | null;
            /** Format: date */
            day: string;
            /** @description Null: no such calls */
            ledger: components["schemas"]["MeasuredAnswer"];
            model: string;
            /** @enum {string} */
            outcome: "matched" | "missing-here" | "missing-there" | "differing";
            /** @description Null: the export does not say */
            provider: components["schemas"]["MeasuredAnswer"];
        };
        ReconciliationPart: {
            /** @description Likely cause; null when matched */
            cause: string | null;
            ledgerCostUsd: string;
            lines: number;
            /** @enum {string} */
            outcome: "matched" | "missing-here" | "missing-there" | "differing";
            /** @description Null when the export has no costs */
            providerCostUsd: string | null;
        };
        ReconciliationWithLines: {
            /** Format: date-time */
            createdAt: string;
            /** @description Why the file could not be read */
            error: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description First day of the export */
            from: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "openai-usage" | "openai-costs" | "anthropic-usage" | "anthropic-costs" | "generic";
            /** @description The first 10,000; the CSV has all */
            lines: components["schemas"]["ReconciliationLineAnswer"][];
            /** @description How much of the file has been read, per cent */
            progress: number;
            provider: string;
            rows: number;
            /** @enum {string} */
            status: "waiting" | "running" | "done" | "failed";
            /** @description Lines by outcome and likely cause */
            summary: components["schemas"]["ReconciliationPart"][];
            /** @description Last day of the export */
            to: string | null;
        };
        RefusalAnswer: {
            code: string;
            message: string;
            status: number;
        };
        ReplayAnswer: {
            /** @description Events given to ingest once more */
            replayed: number;
        };
        ReplayedModelAnswer: {
            callsAfter: number;
            callsBefore: number;
            /** @description USD */
            costAfterUsd: string;
            /** @description USD */
            costBeforeUsd: string;
            /** @description Slug; null = calls that no model answered */
            model: string | null;
        };
        RequestAnswer: {
            /** @description The services between subject and call, the calling one first; null without a subject */
            actors: string[] | null;
            agent: string | null;
            answeredModel: string | null;
            /**
             * Format: date-time
             * @description When it arrived
             */
            at: string;
            attempts: components["schemas"]["AttemptAnswer"][];
            /** @enum {string} */
            cache: "hit" | "semantic-hit" | "miss" | "bypass";
            /** @description Part of the input */
            cachedInputTokens: number;
            /** @description Part of the input */
            cacheWriteTokens: number;
            costCenter: string | null;
            /** @description Exact decimal */
            costUsd: string;
            endUser: string | null;
            /** @description Error code */
            error: string | null;
            /** @description A token count was counted here rather than reported by the provider */
            estimated: boolean;
            findings: components["schemas"]["FindingAnswer"][];
            firstTokenMs: number | null;
            /**
             * Format: uuid
             * @description The call id
             */
            id: string;
            /** @description All input */
            inputTokens: number;
            latencyMs: number;
            /** @description Slug of the model that answered */
            model: string | null;
            /** @description The gateway died before settling; booked at the estimate */
            orphaned: boolean;
            /** @description All output */
            outputTokens: number;
            /** @description The prices that the cost was computed with */
            priceVersion: string | null;
            provider: string | null;
            /** @description Part of the output */
            reasoningTokens: number;
            /** @description What the client sent as `model` */
            requestedModel: string;
            /** @description `x-request-id` of the client, or the call id */
            requestId: string;
            route: string | null;
            /** @description What an answer from the cache saved, exact decimal */
            savedUsd: string;
            service: string;
            session: string | null;
            /** @description HTTP status answered; 499 when the client left */
            status: number;
            stream: boolean;
            /**
             * @description On whose behalf the service called, kind and name; null: on its own
             * @example member:ada@acme.example
             */
            subject: string | null;
            surface: string;
            tags: {
                [key: string]: string;
            };
            team: string;
            traceId: string | null;
            /** @description No price is known for the model; the cost is zero for that reason */
            unpriced: boolean;
            upstreamModel: string | null;
        };
        RequestCostAnswer: {
            /** @description USD, as booked */
            costUsd: string;
            /** @description Null where the tokens alone do not make the cost, or the prices of then are not known any more */
            lines: components["schemas"]["CostLineAnswer"][] | null;
            /** @description Which prices it was booked at */
            priceVersion: string | null;
        };
        ReRatingAnswer: {
            differenceUsd: string;
            /** @description Requests that stay as booked: cached, orphaned, of several attempts */
            left: number;
            lines: components["schemas"]["ReRatingLineAnswer"][];
            /** @description Slug */
            model: string;
            period: string;
            /** @description Requests priced anew */
            requests: number;
            /** @description Where the adjustments were entered; null = nothing was */
            statement: string | null;
        };
        ReRatingLineAnswer: {
            /** @description What earlier re-ratings have adjusted */
            adjustedUsd: string;
            /** @description What was booked */
            bookedUsd: string;
            costCenter: string | null;
            /** @description Rated less booked less adjusted: the adjustment */
            differenceUsd: string;
            /** @description What it costs at the prices that the model has now for that time */
            ratedUsd: string;
            requests: number;
            service: string;
            team: string;
        };
        RetryBody: {
            /**
             * @description Whether a refusal by a provider’s content policy is the answer, or the next target is asked
             * @default tell
             * @enum {string}
             */
            afterContentPolicy?: "tell" | "next";
            /** @description Most attempts for one call, over all targets */
            attempts?: number;
        };
        RoleBindingAnswer: {
            /** Format: date-time */
            createdAt: string;
            /** Format: email */
            email: string;
            /** Format: uuid */
            id: string;
            /** @description Comes from the groups at an identity provider and is renewed at every sign-in */
            mapped: boolean;
            /**
             * Format: uuid
             * @description Id of the member
             */
            member: string;
            /** @enum {string} */
            role: "owner" | "admin" | "team-admin" | "finance" | "auditor" | "viewer";
            /** @description Slug; null: the whole organization */
            team: string | null;
        };
        RoleMappingBody: {
            /** @description Name or id of a group, as the claim says it */
            group: string;
            /** @enum {string} */
            role: "owner" | "admin" | "team-admin" | "finance" | "auditor" | "viewer";
            /** @description Slug or id: the role counts in this team only */
            team?: string | null;
        };
        RouteAnswer: {
            cache: components["schemas"]["CacheBody"] | null;
            /** Format: date-time */
            createdAt: string;
            hedge: components["schemas"]["HedgeBody"] | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            midStream: "error" | "resume";
            /** @enum {string} */
            onBudget: "refuse" | "clamp";
            residency: string[];
            retry: components["schemas"]["RetryBody"];
            rules: components["schemas"]["RuleAnswer"][];
            shadow: components["schemas"]["ShadowBody"] | null;
            slug: string;
            stickiness: string | null;
            /** @enum {string} */
            strategy: "priority" | "weighted" | "cost" | "latency" | "least-busy";
            strict: boolean;
            targets: components["schemas"]["TargetAnswer"][];
            timeoutMs: number | null;
            timeouts: components["schemas"]["TimeoutsBody"];
            /** @enum {string|null} */
            unknownPrices: "refuse" | "book-zero" | null;
            /** Format: date-time */
            updatedAt: string;
        };
        RuleAnswer: {
            targets: components["schemas"]["TargetAnswer"][];
            when: {
                [key: string]: unknown;
            };
        };
        RuleBody: {
            targets: components["schemas"]["TargetBody"][];
            /**
             * @description All must hold: model, team, service, agent, user, surface, tags, estimatedInputTokens, hasImages, hasTools, hasJsonSchema, hasReasoning, time. A list means any of its entries, `*` is a wildcard
             * @example {
             *       "team": "search",
             *       "tags": {
             *         "task": [
             *           "summarize",
             *           "translate"
             *         ]
             *       }
             *     }
             */
            when: {
                [key: string]: unknown;
            };
        };
        ScheduledPricesBody: {
            /**
             * Format: date-time
             * @description For calls that arrive from then on
             * @example 2027-01-01T00:00:00Z
             */
            from: string;
            prices: components["schemas"]["ModelPricesBody"];
        };
        ScopeBody: {
            /** @description Name of an agent, or `*` */
            agent?: string;
            /** @description Slug, id or `*` */
            model?: string;
            /** @description Slug, id or `*` */
            route?: string;
            /** @description Slug, id or `*` */
            service?: string;
            /** @description Values of tags, or `*` */
            tags?: {
                [key: string]: string;
            };
            /** @description Slug, id or `*`; binds the teams below too */
            team?: string;
            /** @description An end user, or `*` */
            user?: string;
        };
        SemanticBody: {
            /** @description Slug of a route for embeddings. Absent: vectors made in the gateway */
            embeddings?: string;
            /**
             * @description Least cosine of the vectors
             * @default 0.9
             */
            threshold?: number;
        };
        ServiceAnswer: {
            actsFor: components["schemas"]["ActsForBody"] | null;
            allowedModels: string[];
            /** @description For the token endpoint */
            clientId: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description From then on it makes no calls and gets no tokens
             */
            decommissionedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "service" | "agent";
            metadata: {
                [key: string]: unknown;
            };
            name: string;
            requireDpop: boolean;
            slug: string;
            /** @description Slug */
            team: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ServiceRuleBody: {
            /**
             * @description One that `aud` must be or contain
             * @example https://gateway.acme.example
             */
            audience: string;
            /**
             * @description What other claims must be, by name or dotted path; as `subject`
             * @example {
             *       "env": "prod"
             *     }
             */
            claims?: {
                [key: string]: string;
            };
            /** @description The service that such a token stands for: slug or id */
            service: string;
            /**
             * @description What `sub` must be; a `*` at the end stands for anything
             * @example repo:acme/shop:ref:refs/heads/main
             */
            subject?: string | null;
        };
        ServiceTiersBody: {
            batch?: components["schemas"]["TokenPricesBody"];
            flex?: components["schemas"]["TokenPricesBody"];
            priority?: components["schemas"]["TokenPricesBody"];
        };
        SettingsAnswer: {
            /**
             * Format: uuid
             * @description Of the organization
             */
            id: string;
            /** @description On top of usage, on every statement */
            markups: components["schemas"]["MarkupBody"][];
            /** @description Days that usage records are kept; null = for ever. Rollups and statements stay */
            recordsDays: number | null;
            /** @description Split among teams on every statement */
            sharedCosts: components["schemas"]["SharedCostBody"][];
            /**
             * @description Calls to a model without a known price; a route may say otherwise
             * @enum {string}
             */
            unknownPrices: "refuse" | "book-zero";
            /** Format: date-time */
            updatedAt: string;
        };
        ShadowBody: {
            /** @description Model, by slug or id */
            model: string;
            /**
             * @description Share of calls, above 0 to 1
             * @example 0.05
             */
            share: number;
        };
        SharedCostBody: {
            /** @description A fixed amount per month; or say `team` */
            amountUsd?: string;
            /**
             * @description As the statement’s lines say it
             * @example Platform fee
             */
            name: string;
            /**
             * @description With `shares`: each team’s share, whole numbers
             * @example {
             *       "search": 3,
             *       "sales": 1
             *     }
             */
            shares?: {
                [key: string]: number;
            };
            /**
             * @description By what it is split
             * @enum {string}
             */
            splitBy: "even" | "usage" | "shares";
            /** @description Slug of the team whose own usage the others bear; or say `amountUsd` */
            team?: string;
            /** @description Slugs; absent = all teams */
            teams?: string[];
        };
        SignInAnswer: {
            /** @description Of our client at the provider */
            clientId: string;
            /**
             * @description The claim that lists groups; dotted within a claim
             * @default groups
             */
            groupsClaim?: string;
            /** @description Whether a client secret is stored */
            hasClientSecret: boolean;
            /** @description To be registered at the provider */
            redirectUri: string;
            /** @description Whoever is in none of the groups is not let in */
            roles: components["schemas"]["RoleMappingBody"][];
            /**
             * @default [
             *       "openid",
             *       "email",
             *       "profile"
             *     ]
             */
            scopes?: string[];
        };
        SignInBody: {
            /** @description Of our client at the provider */
            clientId: string;
            /** @description Write-only. Left out: a public client, or the secret given before */
            clientSecret?: string;
            /**
             * @description The claim that lists groups; dotted within a claim
             * @default groups
             */
            groupsClaim?: string;
            /** @description Whoever is in none of the groups is not let in */
            roles: components["schemas"]["RoleMappingBody"][];
            /**
             * @default [
             *       "openid",
             *       "email",
             *       "profile"
             *     ]
             */
            scopes?: string[];
        };
        SimulateAnswer: {
            calls: number;
            /** @description USD */
            costAfterUsd: string;
            /** @description USD */
            costBeforeUsd: string;
            /**
             * Format: date-time
             * @description Calls from here on were replayed: later than asked when there were too many
             */
            from: string;
            models: components["schemas"]["ReplayedModelAnswer"][];
            /** @description Calls that another model would have answered */
            moved: number;
            /** @description Calls that would move to a model without a price: their cost counts as 0 */
            unpriced: number;
            /** @description Calls for which no model would have been left */
            withoutCandidate: number;
        };
        SimulateRoute: {
            /**
             * Format: date-time
             * @description Beginning of the calls to replay
             */
            from: string;
            /** @description Members of a route, as in an update: what it would be with them. Left out: as it is */
            route: components["schemas"]["UpdateRoute"];
            /**
             * Format: date-time
             * @description End of the calls to replay, exclusive
             */
            to: string;
        };
        StatementAnswer: {
            /** @description Sum of the adjustments, those entered after closing included */
            adjustmentUsd: string;
            /** Format: date-time */
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** @description SHA-256 over the usage lines of a closed statement, also in the audit trail */
            linesHash: string | null;
            /** @example 2026-11 */
            period: string;
            /**
             * @description `closing` while a worker computes the last lines
             * @enum {string}
             */
            status: "preview" | "closing" | "closed";
            /** @description Sum of usage and adjustments, exact decimal */
            totalUsd: string;
            /** @description Sum of the usage lines */
            usageUsd: string;
        };
        StatementLineAnswer: {
            adjustmentUsd: string;
            agent: string | null;
            cachedInputTokens: number;
            /** @description Of the requests, those answered from the cache */
            cachedRequests: number;
            cacheWriteTokens: number;
            costCenter: string | null;
            costUsd: string;
            inputTokens: number;
            /**
             * @description `usage` is the ledger; the others adjust it: entered by hand, for corrected prices, or by a rule
             * @enum {string}
             */
            kind: "usage" | "manual" | "re-rating" | "shared-cost" | "markup";
            model: string | null;
            outputTokens: number;
            provider: string | null;
            /** @description Why, on the line of an adjustment */
            reason: string | null;
            reasoningTokens: number;
            requests: number;
            /** @description What those saved; not a part of any sum */
            savedUsd: string;
            service: string | null;
            team: string;
            totalUsd: string;
        };
        StatementWithLines: {
            /** @description Sum of the adjustments, those entered after closing included */
            adjustmentUsd: string;
            /** Format: date-time */
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** @description The first 10,000; the CSV has all */
            lines: components["schemas"]["StatementLineAnswer"][];
            /** @description SHA-256 over the usage lines of a closed statement, also in the audit trail */
            linesHash: string | null;
            /** @example 2026-11 */
            period: string;
            /**
             * @description `closing` while a worker computes the last lines
             * @enum {string}
             */
            status: "preview" | "closing" | "closed";
            /** @description Sum of usage and adjustments, exact decimal */
            totalUsd: string;
            /** @description Sum of the usage lines */
            usageUsd: string;
        };
        TargetAnswer: {
            /** @description Slug */
            model: string;
            priority: number;
            weight: number;
        };
        TargetBody: {
            /**
             * @description Model, by slug or id
             * @example gpt-5-eu
             */
            model: string;
            /** @description Lower goes first; left out: the place in the list */
            priority?: number;
            /**
             * @description Share under `weighted`
             * @default 1
             */
            weight?: number;
        };
        TeamAnswer: {
            costCenter: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Slug */
            parent: string | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
        };
        TestAnswer: {
            /** @enum {string} */
            action: "allow" | "flag" | "redact" | "block";
            findings: components["schemas"]["TestFindingAnswer"][];
        };
        TestFindingAnswer: {
            /** @enum {string} */
            action: "block" | "redact" | "flag";
            /** @description Type of the check */
            check: string;
            confidence: number;
            /** @description The guardrail is in dry-run: the action is not taken */
            dryRun: boolean;
            /** @description Where it ends, in UTF-16 units */
            end: number;
            /** @description Slug */
            guardrail: string;
            rule: string;
            /** @description Where it begins, in UTF-16 units */
            start: number;
        };
        TestGuardrails: {
            /** @enum {string} */
            applyTo: "input" | "output";
            /**
             * @description Who speaks. Default: the user of an input, the assistant of an output
             * @enum {string}
             */
            author?: "user" | "assistant" | "system" | "tool";
            text: string;
        };
        TimeoutsBody: {
            /** @description To connect */
            connectMs?: number;
            /** @description To the first content of a stream */
            firstTokenMs?: number;
            /** @description Between two pieces of an answer */
            silenceMs?: number;
        };
        TokenPricesBody: {
            /** @description Absent: as input */
            audioInputPerMillion?: string;
            /** @description Absent: as output */
            audioOutputPerMillion?: string;
            cachedInputPerMillion?: string;
            /** @description Absent: as any cache write */
            cacheWrite1hPerMillion?: string;
            cacheWritePerMillion?: string;
            /** @example 2.50 */
            inputPerMillion: string;
            /** @example 10.00 */
            outputPerMillion: string;
            /** @description Absent: as output */
            reasoningPerMillion?: string;
        };
        UpdateBudget: {
            /**
             * @description Shares of the amount at which to tell
             * @default []
             * @example [
             *       0.5,
             *       0.8,
             *       1
             *     ]
             */
            alertsAt?: number[];
            /**
             * @description USD
             * @example 500.00
             */
            amount?: string;
            /**
             * @description hard refuses calls, soft only tells
             * @default hard
             * @enum {string}
             */
            enforcement?: "hard" | "soft";
        };
        UpdateGuardrail: {
            /** @enum {string} */
            applyTo?: "input" | "output" | "both";
            /**
             * @description Each with the options of its type
             * @example [
             *       {
             *         "type": "secrets",
             *         "action": "block"
             *       }
             *     ]
             */
            checks?: ({
                /** @enum {string} */
                action: "block" | "redact" | "flag";
                /** @enum {string} */
                onError?: "block" | "allow";
                reversible?: boolean;
                /** @enum {string} */
                type: "secrets" | "pii" | "prompt-injection" | "deny-list" | "topics" | "regex" | "exfiltration" | "json-schema" | "size" | "language" | "moderation" | "azure-content-safety" | "lakera" | "classifier" | "presidio" | "webhook";
            } & {
                [key: string]: unknown;
            })[];
            /**
             * @description `dry-run`: what is found is recorded, and nothing is done about it
             * @default enforce
             * @enum {string}
             */
            mode?: "enforce" | "dry-run";
            scope?: components["schemas"]["GuardrailScopeBody"];
        };
        UpdateIdentityProvider: {
            /**
             * @description As people see it when they sign in
             * @example Acme Login
             */
            name?: string;
            /** @description Whose tokens open the gateway */
            services?: components["schemas"]["ServiceRuleBody"][];
            /** @description How people sign in through it; null: they do not */
            signIn?: components["schemas"]["SignInBody"] | null;
        };
        UpdateMember: {
            /** @example Ada Lovelace */
            name: string;
        };
        UpdateModel: {
            capabilities?: components["schemas"]["ModelCapabilitiesBody"];
            /**
             * @description Provider credential, by slug or id; of the same provider
             * @example openai-main
             */
            credential?: string;
            limits?: components["schemas"]["ModelLimitsBody"];
            /**
             * @description As the provider calls it
             * @example gpt-5
             */
            model?: string;
            /** @description USD; null = the catalogue’s */
            prices?: components["schemas"]["ModelPricesBody"] | null;
            /** @description Prices that begin later; each holds until the next begins */
            priceSchedule?: components["schemas"]["ScheduledPricesBody"][];
            /** @example eu */
            region?: string | null;
        };
        UpdateOrganization: {
            /** @example Acme Inc. */
            name?: string;
            /**
             * @description Regions that no call may leave, whatever its route says; empty = anywhere
             * @example [
             *       "eu"
             *     ]
             */
            residency?: string[];
        };
        UpdateProviderCredential: {
            /**
             * @description Where the provider is; null = the provider's own
             * @example https://api.openai.com/v1
             */
            baseUrl?: string | null;
            /** @example eu-central-1 */
            region?: string | null;
            /** @description A key, or the object that the provider wants (see the providers guide). Write-only: never answered */
            secret?: string | {
                [key: string]: unknown;
            };
            /**
             * @description Share among credentials of the same provider
             * @default 1
             */
            weight?: number;
        };
        UpdateRateLimit: {
            /** @description Calls at once */
            maxConcurrency?: number | null;
            requestsPerMinute?: number | null;
            /**
             * @description Empty = the whole organization
             * @example {
             *       "team": "search",
             *       "user": "*"
             *     }
             */
            scope?: components["schemas"]["ScopeBody"];
            tokensPerMinute?: number | null;
        };
        UpdateRoute: {
            /** @description Null = no cache */
            cache?: components["schemas"]["CacheBody"] | null;
            /** @description A second attempt on the next target when the first content is late; both are paid */
            hedge?: components["schemas"]["HedgeBody"] | null;
            /**
             * @description When a stream breaks after content has gone out: say so, or let the next target continue the text
             * @default error
             * @enum {string}
             */
            midStream?: "error" | "resume";
            /**
             * @description When a call might cost more than a hard budget has left: refuse it, or lower its limit on output tokens
             * @default refuse
             * @enum {string}
             */
            onBudget?: "refuse" | "clamp";
            /**
             * @description Regions it may not leave; empty = anywhere
             * @example [
             *       "eu"
             *     ]
             */
            residency?: string[];
            retry?: components["schemas"]["RetryBody"];
            /** @description The first that holds replaces the targets */
            rules?: components["schemas"]["RuleBody"][];
            shadow?: components["schemas"]["ShadowBody"] | null;
            /** @enum {string|null} */
            stickiness?: "session" | "user" | null;
            /**
             * @default priority
             * @enum {string}
             */
            strategy?: "priority" | "weighted" | "cost" | "latency" | "least-busy";
            /**
             * @description Only models that can be told every parameter of a call may take it; if none can, the call is refused. Else the answer lists what was left out
             * @default false
             */
            strict?: boolean;
            targets?: components["schemas"]["TargetBody"][];
            /** @description For the whole call */
            timeoutMs?: number | null;
            /** @description For parts of each attempt */
            timeouts?: components["schemas"]["TimeoutsBody"];
            /**
             * @description What becomes of calls to a model without a known price; null = as the settings say
             * @enum {string|null}
             */
            unknownPrices?: "refuse" | "book-zero" | null;
        };
        UpdateService: {
            /** @description On whose behalf it may act, see docs/guides/agents.md; null or left out: nobody’s */
            actsFor?: components["schemas"]["ActsForBody"] | null;
            /**
             * @description Route names or `provider/model` patterns; `*` stands for any run of characters
             * @default [
             *       "*"
             *     ]
             */
            allowedModels?: string[];
            /** @description Yours; at most 8 KB as JSON */
            metadata?: {
                [key: string]: unknown;
            };
            /** @example Checkout */
            name?: string;
            /**
             * @description Only access tokens that are bound to a key (DPoP, RFC 9449) open the gateway for it
             * @default false
             */
            requireDpop?: boolean;
            /**
             * @description Slug or id
             * @example engineering
             */
            team?: string;
        };
        UpdateSettings: {
            /** @description On top of usage, on every statement */
            markups?: components["schemas"]["MarkupBody"][];
            /** @description Days that usage records are kept; null = for ever. Rollups and statements stay */
            recordsDays?: number | null;
            /** @description Split among teams on every statement */
            sharedCosts?: components["schemas"]["SharedCostBody"][];
            /**
             * @description Calls to a model without a known price; a route may say otherwise
             * @enum {string}
             */
            unknownPrices?: "refuse" | "book-zero";
        };
        UpdateTeam: {
            /**
             * @description Booked to in chargeback
             * @example CC-4711
             */
            costCenter?: string | null;
            /** @example Engineering */
            name?: string;
            /** @description Team above, by slug or id: its limits and budgets bind this one too */
            parent?: string | null;
        };
        UpdateWebhook: {
            /**
             * @description A disabled webhook is told of nothing that happens meanwhile
             * @default true
             */
            enabled?: boolean;
            /**
             * @description `budget.threshold`: A budget has reached a share of its amount: once per share, subject and period. `credential.expiring`: A secret, key set or gateway key of a service ends within the next seven days. `model.breaker_open`: Gateways have stopped to ask a model that fails. `audit.anchor`: Where the audit trail ends was signed. `ingest.dead_letter`: A usage event cannot be recorded and was put aside. `ledger.difference`: A rollup was found to differ from its records
             * @example [
             *       "budget.threshold"
             *     ]
             */
            events?: ("budget.threshold" | "credential.expiring" | "model.breaker_open" | "audit.anchor" | "ingest.dead_letter" | "ledger.difference")[];
            /**
             * @description An https URL that takes POST; on a private network only where the operator allows it
             * @example https://hooks.example.com/tollgate
             */
            url?: string;
        };
        UsageRow: {
            /** @description When grouped by it */
            agent?: string | null;
            /**
             * Format: date-time
             * @description Beginning of the interval, UTC
             */
            at: string | null;
            /** @description Parts of input and output */
            audioTokens: number;
            /** @description Part of the input */
            cachedInputTokens: number;
            /** @description Requests answered from the cache */
            cachedRequests: number;
            /** @description Part of the input */
            cacheWriteTokens: number;
            /** @description When grouped by it */
            costCenter?: string | null;
            /** @description Exact decimal */
            costUsd: string;
            /** @description Requests answered with a status of 400 or more */
            errors: number;
            /** @description All input */
            inputTokens: number;
            /** @description When grouped by it */
            model?: string | null;
            /** @description All output */
            outputTokens: number;
            /** @description When grouped by it */
            provider?: string | null;
            /** @description Part of the output */
            reasoningTokens: number;
            requests: number;
            /** @description When grouped by it */
            route?: string | null;
            /** @description What they saved: their cost now, less what they were booked at. Exact decimal */
            savedUsd: string;
            /** @description When grouped by it */
            service?: string | null;
            /** @description When grouped by it */
            team?: string | null;
        };
        UserRuleBody: {
            /**
             * @description One that `aud` must be or contain
             * @example https://gateway.acme.example
             */
            audience: string;
            /**
             * @description What other claims must be, by name or dotted path; as `subject`
             * @example {
             *       "env": "prod"
             *     }
             */
            claims?: {
                [key: string]: string;
            };
            /**
             * @description Whose user: slug or id of an identity provider
             * @example corporate
             */
            identityProvider: string;
            /**
             * @description What `sub` must be; a `*` at the end stands for anything
             * @example repo:acme/shop:ref:refs/heads/main
             */
            subject?: string | null;
        };
        VerificationAnswer: {
            /** @description The first flaw */
            broken: components["schemas"]["BreakAnswer"] | null;
            /** @description Events in a chain that is whole */
            events: number | null;
            /** @description Hash of the last of them: keep it elsewhere, to notice a cut */
            hash: string | null;
            ok: boolean;
        };
        WebhookAnswer: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            events: ("budget.threshold" | "credential.expiring" | "model.breaker_open" | "audit.anchor" | "ingest.dead_letter" | "ledger.difference")[];
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description Until then deliveries are signed by the secret before, too
             */
            previousSecretUntil: string | null;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
            url: string;
        };
        WebhookSecretAnswer: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            events: ("budget.threshold" | "credential.expiring" | "model.breaker_open" | "audit.anchor" | "ingest.dead_letter" | "ledger.difference")[];
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description Until then deliveries are signed by the secret before, too
             */
            previousSecretUntil: string | null;
            /** @description Signs deliveries (Standard Webhooks). Shown once */
            secret: string;
            slug: string;
            /** Format: date-time */
            updatedAt: string;
            url: string;
        };
    };
    responses: {
        /** @description Taken, in use, or being done already */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description Malformed, or a field is wrong: `errors` names it */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description Your roles do not allow this */
        NotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description No such resource for this caller; where a field of the body names it, `errors` says which */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description No valid access token */
        NotSignedIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description Changed since the ETag in If-Match */
        Stale: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description The body is over the limit */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description Too many requests; `retry-after` says when to ask again */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description A needed component is away; `retry-after` says when to ask again */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
        /** @description The body must be JSON, or a file where the operation takes one */
        WrongMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemAnswer"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    MeController_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    OrganizationsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OrganizationAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    OrganizationsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOrganization"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    OrganizationsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    OrganizationsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    OrganizationsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateOrganization"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    AuditEventsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEventAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    AuditEventsController_verify: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    BudgetsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["BudgetStateAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    BudgetsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBudget"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetStateAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    BudgetsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                budget: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetStateAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    BudgetsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                budget: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    BudgetsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                budget: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateBudget"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetStateAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    CacheController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["InvalidationAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    CacheController_invalidate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvalidateCache"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvalidationAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeadLettersController_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeadLettersController_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ReRatingsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReRating"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReRatingAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ReconciliationsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReconciliationAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ReconciliationsController_create: {
        parameters: {
            query?: {
                /** @description With `text/csv`: kind of the export */
                kind?: string;
                /** @description With `text/csv`: JSON of CreateReconciliation without `kind` */
                parameters?: string;
            };
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    kind?: string;
                    parameters?: string;
                };
                "text/csv": {
                    /** Format: binary */
                    file: string;
                    kind?: string;
                    parameters?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationWithLines"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ReconciliationsController_get: {
        parameters: {
            query?: {
                outcome?: "matched" | "missing-here" | "missing-there" | "differing";
            };
            header?: never;
            path: {
                organization: string;
                reconciliation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationWithLines"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ReconciliationsController_csv: {
        parameters: {
            query?: {
                outcome?: "matched" | "missing-here" | "missing-there" | "differing";
            };
            header?: never;
            path: {
                organization: string;
                reconciliation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ChargebackController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["StatementAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ChargebackController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateStatement"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementWithLines"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ChargebackController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                statement: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementWithLines"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ChargebackController_csv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                statement: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ChargebackController_adjust: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
                statement: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAdjustment"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustmentAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ExportsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ExportAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ExportsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateExport"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ExportsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ExportsController_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuardrailAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGuardrail"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardrailAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guardrail: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardrailAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                guardrail: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                guardrail: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGuardrail"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardrailAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    GuardrailsController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestGuardrails"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    IdentityProvidersController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["IdentityProviderAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    IdentityProvidersController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateIdentityProvider"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    IdentityProvidersController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                identityProvider: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    IdentityProvidersController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                identityProvider: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    IdentityProvidersController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                identityProvider: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateIdentityProvider"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MemberAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMember"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedMemberAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                member: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                member: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMember"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    MembersController_giveOneTimePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                member: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedMemberAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ModelsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ModelStateAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ModelsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateModel"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ModelsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStateAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ModelsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                model: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ModelsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                model: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateModel"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ProviderCredentialAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProviderCredential"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderCredentialAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderCredentialAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                credential: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                credential: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProviderCredential"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderCredentialAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ProviderCredentialsController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential: string;
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbeAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RateLimitsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RateLimitAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RateLimitsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRateLimit"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateLimitAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RateLimitsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                rateLimit: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateLimitAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RateLimitsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                rateLimit: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RateLimitsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                rateLimit: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRateLimit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateLimitAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RequestsController_list: {
        parameters: {
            query?: {
                agent?: string;
                /** @description `miss` was looked for and not found, `bypass` not looked for */
                cache?: string;
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description What a policy decided of it */
                decision?: string;
                endUser?: string;
                /** @description Requests that arrived at this moment or later */
                from?: string;
                /** @description Most items to answer with. */
                limit?: number;
                /** @description Slug of the model that answered */
                model?: string;
                provider?: string;
                /** @description Part of an id, session, end user, subject, requested model or error */
                q?: string;
                /** @description Slug */
                route?: string;
                /** @description Slug */
                service?: string;
                session?: string;
                /** @description HTTP status, or a class of them */
                status?: string;
                /** @description On whose behalf: kind and name */
                subject?: string;
                /** @description Calls with this value of a tag */
                "tag.{key}"?: unknown;
                /** @description Slug */
                team?: string;
                /** @description Requests that arrived before this moment */
                to?: string;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RequestAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RequestsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                request: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RequestsController_cost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                request: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestCostAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    LiveController_live: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events `calls` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveBatch"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoleBindingsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RoleBindingAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoleBindingsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRoleBinding"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleBindingAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoleBindingsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                roleBinding: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleBindingAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoleBindingsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                roleBinding: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoutesController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RouteAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoutesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRoute"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoutesController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                route: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoutesController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                route: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    RoutesController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                route: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRoute"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WhatIfController_explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                route: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainRoute"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WhatIfController_simulate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                route: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRoute"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulateAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ServiceAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateService"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedServiceAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateService"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    CredentialsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CredentialAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    CredentialsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCredential"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCredentialAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    CredentialsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                credential: string;
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    ServicesController_decommission: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    KeysController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["KeyAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    KeysController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKeyAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    KeysController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                key: string;
                organization: string;
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    SettingsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    SettingsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    TeamsController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TeamAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    TeamsController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTeam"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    TeamsController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    TeamsController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    TeamsController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTeam"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    UsageController_report: {
        parameters: {
            query?: {
                /** @description Default: the beginning of this month, UTC */
                from?: string;
                /** @description One to six of team, costCenter, service, agent, route, provider, model and tag.<key>, with commas between. Absent: one sum of all. */
                groupBy?: string;
                /** @description UTC. Absent: one row per group for the whole time. */
                interval?: "hour" | "day" | "month";
                /** @description Exclusive. Default: now */
                to?: string;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["UsageRow"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    UsageController_performance: {
        parameters: {
            query?: {
                /** @description Default: 24 hours before `to` */
                from?: string;
                /** @description UTC. Absent: one row for the whole time. */
                interval?: "minute" | "hour" | "day";
                /** @description Exclusive. Default: now */
                to?: string;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PerformanceRow"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WebhookAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                organization: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecretAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeliveriesController_list: {
        parameters: {
            query?: {
                /** @description The nextCursor of the list before. */
                cursor?: string;
                /** @description Most items to answer with. */
                limit?: number;
            };
            header?: never;
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryAnswer"][];
                        /** @description Where the next part begins; null at the end. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeliveriesController_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery: string;
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeliveriesController_redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery: string;
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    WebhooksController_rotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carried out once however often it is sent; the first answer is given again for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description The ETag that you have seen; 412 when the resource has changed since. */
                "If-Match"?: string;
            };
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecretAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    DeliveriesController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organization: string;
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
}
