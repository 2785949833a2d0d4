UPDATE task_templates SET version = 2;
