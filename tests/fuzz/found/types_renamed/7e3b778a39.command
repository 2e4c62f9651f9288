rename
property
n
m
