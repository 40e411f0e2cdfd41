-- Who may touch the tables of trace: forced row-level security, the least grants, audit; evidence gets no UPDATE and no DELETE.
CALL core.guard_tenant_table('trace.batch');
CALL core.guard_tenant_table('trace.batch_origin');
CALL core.guard_tenant_table('trace.process');
CALL core.guard_tenant_table('trace.process_input');
CALL core.guard_tenant_table('trace.process_output');
CALL core.guard_tenant_table('trace.hold');
CALL core.guard_tenant_table('trace.customer');
CALL core.guard_tenant_table('trace.customer_site');
CALL core.guard_tenant_table('trace.sales_order');
CALL core.guard_tenant_table('trace.order_line');
CALL core.guard_tenant_table('trace.allocation');
CALL core.guard_tenant_table('trace.order_status_log', is_audited => false);
CALL core.guard_tenant_table('trace.shipment');
CALL core.guard_tenant_table('trace.shipment_line');
CALL core.guard_tenant_table('trace.return_receipt');
CALL core.guard_tenant_table('trace.return_line');
CALL core.guard_tenant_table('trace.complaint');
CALL core.guard_tenant_table('trace.recall_case');
CALL core.guard_tenant_table('trace.recall_complaint');
CALL core.guard_tenant_table('trace.recall_root', is_audited => false);
CALL core.guard_tenant_table('trace.recall_item', is_audited => false);
CALL core.guard_tenant_table('trace.recall_notice', is_audited => false);

-- A case freezes thousands of items and notices at once, and they are their own record; only what a person does to one
-- is audited.
CREATE TRIGGER recall_notice_audited AFTER UPDATE OR DELETE ON trace.recall_notice FOR EACH ROW EXECUTE FUNCTION core.write_audit();
CREATE TRIGGER recall_item_audited AFTER UPDATE OR DELETE ON trace.recall_item FOR EACH ROW EXECUTE FUNCTION core.write_audit();

REVOKE INSERT ON trace.order_status_log FROM provender_app;
GRANT UPDATE (farm_id, supplier_id, made_on, best_before_on, note, version) ON trace.batch TO provender_app;
GRANT UPDATE, DELETE ON trace.customer, trace.customer_site, trace.sales_order, trace.order_line TO provender_app;
GRANT UPDATE (state, version) ON trace.allocation TO provender_app;
GRANT UPDATE (carrier, tracking_number, shipped_at, delivered_at, version) ON trace.shipment TO provender_app;
GRANT UPDATE (state, released_at, released_by_name, release_reason, version) ON trace.hold TO provender_app;
GRANT UPDATE (customer_id, product_id, state, description, reported_code, reported_best_before_on, batch_id, closed_reason, version)
ON trace.complaint TO provender_app;
GRANT UPDATE (title, state, finished_at, finished_by_name, conclusion, version) ON trace.recall_case TO provender_app;
GRANT UPDATE (class, action, is_notified, done_at, done_by_name, resolution, version) ON trace.recall_item TO provender_app;
GRANT UPDATE (subject, body, sent_at, sent_by_name, acknowledged_at, quantity_held, version) ON trace.recall_notice TO provender_app;
