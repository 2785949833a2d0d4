DROP INDEX webhook_endpoints_integrator;
ALTER TABLE webhook_endpoints DROP COLUMN integrator_id;
