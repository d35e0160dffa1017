parvis_catalogues(generated) # cmake/Generated.cmake
