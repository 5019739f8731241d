// Parquet files. Nothing is exported: the data module finds it as a service.
module org.thurstone.parquet {
    requires duckdb.jdbc;
    requires java.sql;
    requires org.thurstone.data;
    requires static org.jspecify;

    provides org.thurstone.data.container.BinaryContainer with
            org.thurstone.parquet.ParquetContainer;
}
