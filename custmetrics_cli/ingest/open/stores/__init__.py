"""Files in object stores: s3://bucket/key, gs://, abfs:// and hdfs://. Each is copied to this machine before it is read."""
