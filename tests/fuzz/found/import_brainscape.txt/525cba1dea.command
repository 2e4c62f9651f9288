import
brainscape.txt
--to
D
--from
auto
