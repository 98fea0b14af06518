"""A long-running boto3 program: each input line sets its clock in milliseconds, and it prints its ARN."""

import os
import sys

import boto3

client = boto3.client("sts")
for line in sys.stdin:
    os.environ["TEST_CLOCK_OFFSET_MS"] = line.strip()
    print(client.get_caller_identity()["Arn"], flush=True)
