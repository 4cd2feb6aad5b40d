"""What is measured: catalogue, compiler, evaluator, targets and charts. Never imports streamlit."""
