"""An S3-compatible service on this machine, run by an environment of its own (requirements.txt).

It checks who asks and how the request is signed, with the signatures of Amazon's own library. Prints the access key and
the secret key of the only account, then serves until its standard input ends.
"""

import json
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

BUCKET = "kpi-test"
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def main(port: int) -> None:
    """Serve."""
    ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False).start()
    at = {"endpoint_url": f"http://127.0.0.1:{port}", "region_name": "us-east-1"}
    anybody = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    people = boto3.client("iam", **at, **anybody)
    people.create_user(UserName="kpi")
    people.put_user_policy(UserName="kpi", PolicyName="all", PolicyDocument=json.dumps(ALL))
    key = people.create_access_key(UserName="kpi")["AccessKey"]
    boto3.client("s3", **at, **anybody).create_bucket(Bucket=BUCKET)
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0  # from here on every request is checked
    sys.stdout.write(f"{key['AccessKeyId']} {key['SecretAccessKey']}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
