-- SPDX-License-Identifier: Apache-2.0
-- One row for each program file the recorder looked into.
CREATE OR REPLACE VIEW files AS
SELECT *
FROM raw_files;
