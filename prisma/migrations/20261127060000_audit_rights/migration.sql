-- The application's role may read and append audit events, and has no right to do more, although it owns the table. The
-- triggers that refuse changes stay: a superuser, as under `npm start`, has every right.
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_events" FROM CURRENT_USER, PUBLIC;
