UPDATE webhook_endpoints SET integrator_id = x'01980000000070008000000000000280';
