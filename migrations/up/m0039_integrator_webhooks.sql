-- Endpoints of webhooks that an integrator made and manages.
ALTER TABLE webhook_endpoints ADD COLUMN integrator_id uuid;
CREATE INDEX webhook_endpoints_integrator ON webhook_endpoints (integrator_id);
