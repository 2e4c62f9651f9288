check
--select
ALL
--show-info
